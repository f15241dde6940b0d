"""The console: a progress bar on a terminal, a plain line per scenario elsewhere, the findings at the end."""

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from conformance.report import FINDINGS, Finding, Report, RequirementResult, Result, Verdict
from conformance.reporters import outline, wording
from conformance.reporters.comparison import conversation, last_token, misfits

STYLES: Final[Mapping[Verdict, str]] = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "bold red",
    Verdict.WARNED: "yellow",
    Verdict.SKIPPED: "dim",
    Verdict.INCONCLUSIVE: "magenta",
}
VERDICT_WIDTH: Final = max(map(len, Verdict))


class ConsoleReporter:
    """Tells a person how the run goes. Use as a context manager, so that the bar is taken away whatever happens."""

    def __init__(self, console: Console | None = None, *, subject: str = "") -> None:
        """Tell about `subject`; the standard console finds out whether there is a terminal, and heeds NO_COLOR."""
        self._console = console or Console(highlight=False)
        self._subject = subject
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._stop()

    def started(self, total: int) -> None:
        """Say what is going to happen."""
        about = f", judging: {self._subject}" if self._subject else ""
        self._say(f"{wording.count(total, 'scenario')}{about}")
        if self._console.is_terminal:
            columns = BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}")
            self._progress = Progress(*columns, console=self._console, transient=True)
            self._task = self._progress.add_task("", total=total)
            self._progress.start()

    def finished(self, result: Result) -> None:
        """Say how one scenario went. A bar moves on; without a terminal every scenario gets its line."""
        if self._progress is None or self._task is None:
            self._line(result)
            return
        if result.verdict in FINDINGS:
            self._line(result)
        self._progress.update(self._task, advance=1, description=result.id)

    def ended(self, report: Report, written: Sequence[Path] = ()) -> None:
        """Say what was found, the totals, and where the reports are."""
        self._stop()
        rows = outline.rows_by_id(report)
        if not report.calibration.ok:
            self._field("calibration", report.calibration.reason)
        for finding, results in outline.findings(report):
            self._finding(finding, results, rows)
        for remark in report.observations:
            self._field("observed", remark)
        self._say(f"\n{wording.headline(report)}: {wording.totals(report)} in {report.duration_s:.0f} s", style="bold")
        if report.inputs.cast:
            self._say(f"  the same people sign in again with --cast {report.inputs.cast}")
        for path in written:
            self._say(f"  {path}")

    def _stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def _line(self, result: Result) -> None:
        line = Text(f"{result.verdict:<{VERDICT_WIDTH}}", style=STYLES[result.verdict])
        told = "" if result.verdict is Verdict.PASSED else f": {wording.reason(result)}"
        line.append(f"  {result.id} ({result.duration_s:.1f} s){told}", style="default")
        self._print(line)

    def _finding(self, finding: Finding, results: tuple[Result, ...], rows: Mapping[str, RequirementResult]) -> None:
        """One finding: the whole story of its first scenario, and of the others what was different."""
        head = Text(f"\n{finding.verdict.upper()}", style=STYLES[finding.verdict])
        level = f" ({results[0].level})" if len(results) == 1 else ""
        head.append(f"  {wording.heading(finding)}{level}", style="bold")
        self._print(head)
        self._paragraph("  ", finding.title)
        if len(results) > 1:
            self._field("first", results[0].id)
        for label, text in _fields(finding, results[0], rows):
            self._field(label, text)
        for result in results[1:]:
            other = f"{result.verdict}: " if result.verdict is not finding.verdict else ""
            self._field("also", f"{result.id}: {other}{wording.provider_did(result)}")

    def _field(self, label: str, text: str) -> None:
        if text:
            self._paragraph(f"  {label:<{wording.LABEL_WIDTH}}", text)

    def _paragraph(self, lead: str, text: str) -> None:
        """Wrapped on a terminal; elsewhere on one line, so that it can be searched and its addresses stay whole."""
        width = max(self._console.width, 3 * wording.LABEL_WIDTH) if self._console.is_terminal else sys.maxsize
        indent = " " * len(lead)
        lines = textwrap.wrap(
            text, width, initial_indent=lead, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        for line in lines:
            self._say(line)

    def _say(self, text: str, style: str = "") -> None:
        self._print(Text(text, style=style))

    def _print(self, text: Text) -> None:
        self._console.print(text, soft_wrap=True)


def _fields(finding: Finding, result: Result, rows: Mapping[str, RequirementResult]) -> Iterator[tuple[str, str]]:
    """What is told about a finding by one of its results, label by label."""
    yield "reason", wording.reason(result)
    yield "provider", wording.provider_did(result)
    yield "visitor", wording.visitor_did(result)
    yield "application", wording.application_did(result)
    yield "page", wording.came_to_rest(result)
    yield "screenshot", result.screenshot or ""
    yield "exchanges", conversation(result.exchanges)
    yield "ID token", last_token(result.exchanges)
    for sentence in misfits(result.exchanges):
        yield "compare", sentence
    yield "expected", wording.expected(result)
    yield "why", result.why
    for fix in finding.fix:
        yield "how to mend", fix
    for row in (rows[name] for name in finding.requirements if name in rows):
        yield row.id, f"{row.sentence} {wording.cited(row.source, row.level, row.certainty, row.url)}"
    yield "more", f"leerid-check explain {result.id}"
