"""What the document of the evidence pack says: only what was tried and passed counts as shown."""

import re
from collections import Counter
from pathlib import Path

import pytest
from example_report import example

from conformance.report import Report, Result, Verdict, cover
from conformance.reporters.evidence import write_pages
from conformance.reporters.evidence.articles import articles, checklist, cited, rows, sections
from conformance.reporters.evidence.document import footer, headline, shots, tally
from conformance.reporters.evidence.standing import Standing
from conformance.reporters.evidence.texts import LANGUAGES, Language, texts
from conformance.requirement import load_requirements

PROTOCOL = [row for name, row in load_requirements()[0].items() if name.startswith("LR-")]
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def judged(**verdicts: Verdict) -> Report:
    """A report in which LR-01, LR-50... are cited by scenarios with these verdicts, and nothing else is cited."""
    report = example()
    results = tuple(
        made(report.results[0], name.replace("_", "-"), verdict, place)
        for place, (name, verdict) in enumerate(verdicts.items())
    )
    requirements = tuple(cover(row, results) for row in report.requirements)
    return report.model_copy(update={"results": results, "requirements": requirements})


def made(result: Result, name: str, verdict: Verdict, place: int = 0) -> Result:
    requirement = name[:5]
    told = {"id": f"made/{name.lower()}-{place}", "title": f"Shows {name}", "requirements": (requirement,)}
    reason = "" if verdict is Verdict.PASSED else f"because of {name}"
    return result.model_copy(update=told | {"verdict": verdict, "reason": reason, "screenshot": None, "checks": ()})


def standing_of(report: Report, name: str) -> Standing:
    return next(row.standing for row in rows(report) if row.requirement.id == name)


def page(report: Report, folder: Path, language: Language) -> str:
    write_pages(report, folder / "none", folder)
    return (folder / f"evidence.{language}.html").read_text(encoding="utf-8")


def block(text: str, name: str) -> str:
    """What the document says of one requirement."""
    found = re.search(rf'<article class="requirement[^>]* id="r-{name}".*?</article>', text, re.DOTALL)
    assert found, name
    return found[0]


@pytest.mark.parametrize(
    ("verdict", "standing"),
    [
        (Verdict.PASSED, Standing.KEPT),
        (Verdict.FAILED, Standing.BROKEN),
        (Verdict.WARNED, Standing.WARNED),
        (Verdict.INCONCLUSIVE, Standing.UNDECIDED),
        (Verdict.SKIPPED, Standing.NOT_SHOWN),
    ],
)
def test_only_a_pass_shows_a_requirement(verdict: Verdict, standing: Standing) -> None:
    assert standing_of(judged(LR_01=verdict), "LR-01") is standing


def test_a_requirement_of_which_a_scenario_was_skipped_is_shown_in_part() -> None:
    report = judged(LR_01_a=Verdict.PASSED, LR_01_b=Verdict.SKIPPED)
    assert standing_of(report, "LR-01") is Standing.PARTLY


def test_a_failure_counts_whatever_else_passed() -> None:
    report = judged(LR_01_a=Verdict.PASSED, LR_01_b=Verdict.FAILED, LR_01_c=Verdict.SKIPPED)
    assert standing_of(report, "LR-01") is Standing.BROKEN


@pytest.mark.parametrize("verdict", [Verdict.PASSED, Verdict.SKIPPED])
def test_what_only_a_document_shows_is_never_passed_by_a_run(verdict: Verdict) -> None:
    assert standing_of(judged(LR_50=verdict), "LR-50") is Standing.SIGNED


def test_a_failure_of_what_a_document_shows_is_told_all_the_same() -> None:
    assert standing_of(judged(LR_50=Verdict.FAILED), "LR-50") is Standing.BROKEN


@LANGUAGE
def test_a_failure_stands_in_its_article_with_its_reason(tmp_path: Path, language: Language) -> None:
    text = page(judged(LR_16=Verdict.FAILED), tmp_path, language)
    assert "because of LR-16" in block(text, "LR-16")
    assert texts()["standing_broken"].in_(language) in block(text, "LR-16")
    article = text[text.index('id="a-5"') : text.index('id="a-6"')]
    assert 'id="r-LR-16"' in article


@LANGUAGE
def test_a_skipped_scenario_is_told_with_its_reason_and_shows_nothing(tmp_path: Path, language: Language) -> None:
    told = block(page(judged(LR_16=Verdict.SKIPPED), tmp_path, language), "LR-16")
    assert "because of LR-16" in told
    assert texts()["all_skipped"].in_(language) in told
    assert texts()["standing_kept"].in_(language) not in re.findall(r"badge [^>]*>([^<]+)", told)


@LANGUAGE
def test_a_requirement_without_a_scenario_is_listed_as_not_shown(tmp_path: Path, language: Language) -> None:
    told = block(page(judged(LR_16=Verdict.PASSED), tmp_path, language), "LR-47")
    assert texts()["not_shown"].in_(language) in told
    assert "<table" not in told


@LANGUAGE
def test_the_checklist_has_places_to_sign_and_no_verdict(tmp_path: Path, language: Language) -> None:
    text = page(example(), tmp_path, language)
    items = re.findall(r'<li class="item" id="i-(C-\d+)">(.*?)</ul>', text, re.DOTALL)
    assert [name for name, _ in items] == [item.id for item in checklist()]
    for _, told in items:
        assert "badge" not in told
        assert texts()["place_signature"].in_(language) in told


def test_every_requirement_of_the_protocol_stands_in_the_document_once(tmp_path: Path) -> None:
    found = Counter(re.findall(r'<article class="requirement[^>]* id="r-([^"]+)"', page(example(), tmp_path, "nl")))
    assert found == Counter(row.id for row in PROTOCOL)


@pytest.mark.parametrize("row", PROTOCOL, ids=lambda row: row.id)
def test_a_requirement_of_the_protocol_has_a_sentence_in_dutch(row: object) -> None:
    dutch, sentence = row.dutch, row.sentence  # type: ignore[attr-defined]  # parametrized by pytest
    assert re.fullmatch(r"[A-Z`].{20,}\.", dutch)
    assert dutch != sentence
    assert set(re.findall(r"`[^`]+`", sentence)) == set(re.findall(r"`[^`]+`", dutch))


def test_every_article_that_a_requirement_or_an_item_names_is_in_the_document() -> None:
    named = {name for row in PROTOCOL for name in cited(row.source)} | {item.article for item in checklist()}
    assert named <= {article.id for article in articles()}


def test_every_requirement_that_a_document_shows_has_its_item() -> None:
    in_list = {name for item in checklist() for name in item.requirements}
    assert {row.id for row in PROTOCOL if row.shown_by == "document"} <= in_list
    assert in_list <= {row.id for row in PROTOCOL}


def test_an_article_comes_before_a_recital_and_a_source_without_either_is_practice() -> None:
    assert cited("LeerID protocol of 7 March 2023, recital D and article 2, 2°") == ("2", "D")
    assert cited("Seen in public applications") == ("practice",)


def test_a_requirement_that_two_articles_ask_is_pointed_at_by_the_second() -> None:
    by_article = {section.article.id: section for section in sections(rows(example()))}
    assert "LR-24" in {row.requirement.id for row in by_article["8"].rows}
    assert "LR-24" in {row.requirement.id for row in by_article["11"].elsewhere}


@LANGUAGE
def test_the_numbers_add_up(language: Language) -> None:
    told = rows(judged(LR_01=Verdict.PASSED, LR_02=Verdict.FAILED, LR_03=Verdict.SKIPPED))
    numbers = [int(number) for number in re.findall(r"\d+", tally(told, language))]
    assert numbers[0] == len(PROTOCOL) == sum(numbers[1:])


@pytest.mark.parametrize(
    ("verdicts", "key"),
    [
        ({"LR_01": Verdict.PASSED}, "headline_sound"),
        ({"LR_01": Verdict.PASSED, "LR_04": Verdict.WARNED}, "headline_warned"),
        ({"LR_04": Verdict.WARNED, "LR_05": Verdict.INCONCLUSIVE}, "headline_undecided"),
        ({"LR_05": Verdict.INCONCLUSIVE, "LR_06": Verdict.FAILED}, "headline_broken"),
        ({"LR_01": Verdict.SKIPPED}, "headline_nothing"),
    ],
)
def test_the_headline_tells_the_gravest(verdicts: dict[str, Verdict], key: str) -> None:
    report = judged(**verdicts)
    assert headline(report, rows(report), "en") == texts()[key].en


def test_without_calibration_nothing_is_said_to_be_judged() -> None:
    report = judged(LR_01=Verdict.PASSED)
    failed = report.model_copy(update={"calibration": report.calibration.model_copy(update={"ok": False})})
    assert headline(failed, rows(failed), "en").startswith("Nothing was judged")


@LANGUAGE
def test_the_same_report_gives_the_same_bytes(tmp_path: Path, language: Language) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    first.mkdir()
    again.mkdir()
    assert page(example(), first, language) == page(Report.load(first / "report.json"), again, language)


@LANGUAGE
def test_another_profile_and_a_cut_run_are_told_on_the_cover(tmp_path: Path, language: Language) -> None:
    report = example()
    whole = report.model_copy(update={"profile": report.profile.model_copy(update={"name": "protocol"})})
    cut = report.model_copy(update={"inputs": report.inputs.model_copy(update={"only": ("enrolment/*",)})})
    assert 'class="note"' not in page(whole, tmp_path, language)
    assert page(cut, tmp_path, language).count('class="note"') == 2
    assert "enrolment/*" in page(cut, tmp_path, language)


def test_what_an_application_tells_cannot_become_markup(tmp_path: Path) -> None:
    hostile = "<script>alert('1')</script>"
    report = judged(LR_01=Verdict.FAILED)
    result = report.results[0].model_copy(update={"title": hostile, "reason": hostile})
    target = report.target.model_copy(update={"name": hostile, "sign_in_url": hostile})
    spoiled = report.model_copy(update={"results": (result,), "target": target, "observations": (hostile,)})
    for language in LANGUAGES:
        assert "<script" not in page(spoiled, tmp_path, language)
        assert "<script" not in footer(spoiled, language)


def test_a_picture_is_shown_once_and_that_of_a_failure_first() -> None:
    report = judged(LR_01_a=Verdict.PASSED, LR_01_b=Verdict.FAILED)
    drawn = tuple(result.model_copy(update={"screenshot": "x.png"}) for result in report.results)
    told = rows(report.model_copy(update={"results": drawn}))
    assert shots(told) == {"LR-01": drawn[1].id}


@pytest.mark.parametrize("key", texts())
def test_both_languages_fill_in_the_same_names(key: str) -> None:
    names = [sorted(set(re.findall(r"{(\w+)}", texts()[key].in_(language)))) for language in LANGUAGES]
    assert names[0] == names[1]
