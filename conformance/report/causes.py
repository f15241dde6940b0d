"""Causes that one can tell by what fails together: a table, from wide to narrow. A new cause is a row here."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from conformance.report.values import Result, Verdict

ADMITTED: Final = "nobody is admitted who is to be refused"
CRASHED: Final = "nothing crashed"
OTHERWISE: Final = "the outcome is the expected one"
UNCHECKED: Final = "every check holds"
"""Clauses of the judge, by their names."""
SPEAKING: Final = {
    ADMITTED: frozenset({"refused"}),
    CRASHED: frozenset({"refused", "stalled"}),
    OTHERWISE: frozenset({"signed-in"}),
    UNCHECKED: frozenset({"refused", "either", "signed-in"}),
}
"""What a scenario must expect to say something about a cause that breaks the clause."""
UNJUDGED: Final = frozenset({Verdict.SKIPPED, Verdict.INCONCLUSIVE})


@dataclass(frozen=True, kw_only=True)
class Cause:
    """A cause is proven when everything of `proof` that was judged broke `clause`; then all of `reach` that did is its.

    Patterns are those of names: of a scenario (`enrolment/ended`), or of what was armed (`id-token.nonce-*`).
    """

    title: str
    clause: str
    proof: tuple[str, ...]
    reach: tuple[str, ...]

    def explains(self, result: Result) -> bool:
        """Whether this result would follow from the cause."""
        return result.clause == self.clause and self._concerns(result, self.reach)

    def is_proven(self, results: Iterable[Result]) -> bool:
        """Whether what proves the cause broke the clause, each that was judged; one sound result disproves it."""
        judged = [result for result in results if result.verdict not in UNJUDGED and self._concerns(result, self.proof)]
        return bool(judged) and all(result.clause == self.clause for result in judged)

    def _concerns(self, result: Result, patterns: tuple[str, ...]) -> bool:
        return result.expected in SPEAKING[self.clause] and _touches(result, patterns)


def _touches(result: Result, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for name in (result.id, *result.armed) for pattern in patterns)


CAUSES: Final = tuple(
    Cause(title=title, clause=clause, proof=proof, reach=reach)
    for clause, title, proof, reach in (
        (
            CRASHED,
            "Whatever is wrong, the application crashes instead of refusing",
            ("id-token.*", "signature.*"),
            ("*",),
        ),
        (
            CRASHED,
            "An error that the provider reports crashes the application",
            ("authorization-response.error-*",),
            (
                "authorization-response/cancel",
                "authorization-response.error-*",
                "*.status-*",
                "transport.*",
                "datastore.*",
            ),
        ),
        (
            ADMITTED,
            "The signature of the ID token is not verified",
            ("signature.altered", "signature.payload-altered", "signature.foreign-key"),
            ("signature.*", "jwks.*"),
        ),
        (
            ADMITTED,
            "The ID token itself says by which algorithm it is verified",
            ("signature.alg-none", "signature.hs256-*"),
            ("signature.alg-*", "signature.[ehpr]s[0-9]*", "discovery.algorithms-*"),
        ),
        (
            ADMITTED,
            "The state of the authorization response is not compared",
            ("authorization-response.state-altered", "authorization-response.state-missing"),
            ("authorization-response.state-*", "authorization-response/unsolicited", "authorization-response/of-*"),
        ),
        (
            ADMITTED,
            "The state is not tied to the browser in which the sign-in began",
            ("authorization-response/unsolicited", "authorization-response/of-another-browser"),
            ("authorization-response/unsolicited", "authorization-response/of-*"),
        ),
        (
            ADMITTED,
            "The nonce of the ID token is not checked",
            ("id-token.nonce-mismatch",),
            ("id-token.nonce-*", "token-response/id-token-of-*"),
        ),
        *(
            (ADMITTED, f"The {what} of the ID token is not checked", (f"id-token.{proof}",), (f"id-token.{reach}",))
            for what, proof, reach in (
                ("audience", "audience-missing", "audience-*"),
                ("issuer", "issuer-other", "issuer-*"),
                ("end", "expired", "expir*"),
            )
        ),
        (
            UNCHECKED,
            "Userinfo is used without comparing its subject with that of the ID token",
            ("userinfo.subject-other",),
            ("userinfo.subject-*",),
        ),
        (
            UNCHECKED,
            "A pupil who comes back becomes another person",
            ("identity/return-visit",),
            (*("identity/*", "datastore/*", "privacy-log/merge"), *("store/*-changed", "store/*-corrected")),
        ),
        (
            UNCHECKED,
            "Accounts do not go three years after the last sign-in, no earlier and no later",
            ("purge/in-time",),
            ("purge/*", "privacy-log/deletion"),
        ),
        (
            UNCHECKED,
            "Others are shown the pages about a pupil",
            ("session/pages-of-another",),
            ("session/*-of-another",),
        ),
        (
            UNCHECKED,
            "The privacy log says too little of who came in, or too much",
            ("privacy-log/admitted",),
            ("privacy-log/*",),
        ),
        (
            OTHERWISE,
            "A pupil who is not identified yet is kept out",
            ("sign-in/not-identified", "sign-in/leer-id-missing"),
            ("sign-in/not-*", "sign-in/leer-id-*", "identity/*", "datastore/*"),
        ),
        (
            OTHERWISE,
            "A pupil without an e-mail address is kept out",
            ("sign-in/no-email",),
            ("sign-in/no-email", "sign-in/email-*"),
        ),
        (
            ADMITTED,
            "The issuer that the metadata name is not compared",
            ("discovery.issuer-other",),
            ("discovery.issuer-*",),
        ),
        (
            ADMITTED,
            "Whether a pupil is enrolled is not looked at",
            ("enrolment/no-enrolment", "enrolment/ended"),
            ("enrolment/*", "datastore/all-*", "datastore/lagging"),
        ),
    )
)
