"""The words that all reports share: what the provider did, what the application did, what was expected."""

from collections.abc import Mapping
from typing import Final

from conformance.report import Finding, Report, RequirementResult, Result, Verdict

OUTCOMES: Final[Mapping[str | None, str]] = {
    "signed-in": "It signed the visitor in.",
    "refused": "It refused the sign-in.",
    "crashed": "It crashed.",
    "stalled": "It came to rest neither signed in nor on a page that refuses.",
    None: "It was not tried.",
}
EXPECTATIONS: Final[Mapping[str, str]] = {
    "signed-in": "A completed sign-in.",
    "refused": "A refusal, shown on a page of the application.",
    "stalled": "Nothing: the visitor stays on a page of the provider, and the application is told nothing.",
    "either": "A completed sign-in or a refusal, but no crash.",
}
STEPS: Final[Mapping[str, str]] = {
    "none": "nothing was asked of the provider",
    "authorization": "the visitor was sent to the provider",
    "authorization-response": "the visitor came back from the provider",
    "token": "the code was redeemed",
    "userinfo": "userinfo was read",
    "signed-in": "the visitor was signed in",
}
MEANINGS: Final[Mapping[Verdict, str]] = {
    Verdict.PASSED: "did what was expected",
    Verdict.FAILED: "broke a requirement that must be met",
    Verdict.WARNED: "broke a requirement that should be met",
    Verdict.SKIPPED: "was not tried, because the target lacks what it needs",
    Verdict.INCONCLUSIVE: "could not be judged: the evidence does not prove anything",
}
CERTAINTIES: Final[Mapping[str, str]] = {
    "documented": "Written in the protocol, a law or a specification.",
    "seen": "Seen in public code or at other services, written nowhere.",
    "inferred": "Our reading of the sources: a guess, however careful.",
}
DISCLAIMER: Final = (
    "LeerID testbed is unofficial software for testing. No authority has approved it, and its reports are no "
    "certificates. This one says what the application did on the day of the run, against a mock, with invented "
    "pupils. What no scenario covers was not looked at."
)
LABEL_WIDTH: Final = 13
"""How wide the labels are in which a story is told, such as `how to mend`."""
HONEST: Final = "It was honest: nothing was bent."


def provider_did(result: Result) -> str:
    """What the provider did to the application, in sentences; ids where no sentence is known."""
    if result.provider_did:
        return " ".join(result.provider_did)
    return f"It was armed with {', '.join(result.armed)}." if result.armed else HONEST


def visitor_did(result: Result) -> str:
    """What the visitor did, and as whom."""
    return visitor(result.visitor_did, (result.persona,) if result.persona else ())


def visitor(journey: str, personas: tuple[str, ...]) -> str:
    """A journey, and who makes it."""
    who = f"Persona: {', '.join(dict.fromkeys(personas))}." if personas else ""
    return " ".join(filter(None, (journey, who)))


def came_to_rest(result: Result) -> str:
    """On which page the browser came to rest; nothing when it came to none."""
    if result.page is None:
        return ""
    status = f", status {result.page.status}" if result.page.status else ""
    return f"It came to rest on {result.page.title or 'a page without title'!r}{status}, {result.page.url}."


def application_did(result: Result) -> str:
    """What the application did, and how far it came."""
    did = OUTCOMES.get(result.outcome, str(result.outcome))
    reached = STEPS.get(result.last_step, result.last_step)
    return did if result.outcome in {None, "signed-in"} else f"{did} Last step: {reached}."


def expected(result: Result) -> str:
    """What a sound application does, and until when."""
    return expectation(result.expected, result.not_after)


def expectation(expect: str, not_after: str | None) -> str:
    """An expectation in words, and the latest step at which a refusal counts."""
    until = f" At the latest once {STEPS.get(not_after, not_after)}." if not_after else ""
    return EXPECTATIONS.get(expect, expect) + until


def reason(result: Result) -> str:
    """Why the verdict is what it is: the reason given, else the broken checks, else what the verdict means."""
    broken = [f"{check.name}: {check.reason}" for check in result.checks if check.verdict is not Verdict.PASSED]
    return result.reason or "; ".join(broken) or f"It {MEANINGS[result.verdict]}."


def headline(report: Report) -> str:
    """The outcome of a run in one sentence."""
    number = report.totals
    tried = number[Verdict.PASSED] + number[Verdict.WARNED]
    unclear = count(number[Verdict.INCONCLUSIVE], "scenario")
    sentences = (
        (report.interrupted, f"Interrupted after {count(len(report.results), 'scenario')}"),
        (not report.calibration.ok, "Nothing was judged: the calibration did not succeed"),
        (number[Verdict.FAILED], f"{count(number[Verdict.FAILED], 'scenario')} failed"),
        (number[Verdict.INCONCLUSIVE], f"Nothing failed, but {unclear} could not be judged"),
        (not tried, "Nothing was tried"),
        (number[Verdict.WARNED], f"Nothing failed; {count(number[Verdict.WARNED], 'warning')}"),
        (True, "Nothing failed"),
    )
    return next(sentence for holds, sentence in sentences if holds)


def totals(report: Report) -> str:
    """The totals in one line: `92 passed, 1 failed, 2 warned, 0 skipped, 0 inconclusive`."""
    return ", ".join(f"{number} {verdict}" for verdict, number in report.totals.items())


def count(number: int, thing: str) -> str:
    """`1 scenario`, `2 scenarios`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def heading(finding: Finding) -> str:
    """How many scenarios show a finding; the name of the one where there is one."""
    number = len(finding.scenarios)
    return finding.scenarios[0] if number == 1 else f"{count(number, 'scenario')}, one cause"


def fixes(result: Result, rows: Mapping[str, RequirementResult]) -> tuple[str, ...]:
    """How to mend it: the hints of the requirements, each once."""
    cited = (rows[name] for name in result.requirements if name in rows)
    return tuple(dict.fromkeys(row.fix for row in cited if row.fix))


def cited(source: str, level: str, certainty: str, url: str | None) -> str:
    """Who asks it, how strictly, how sure we are, and where it can be read."""
    return " ".join(filter(None, (f"{source} ({level}, {certainty})", url)))
