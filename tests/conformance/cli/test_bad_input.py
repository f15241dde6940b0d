"""Bad input: all problems at once, file and key, exit code 2, never a traceback."""

import errno
import json
import os
import subprocess
import sysconfig
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from example_report import example
from laboratory import free_port
from little_server import LittleServer, serve

from conformance.cli import main
from conformance.report import Report

command = import_module("conformance.cli.run")
SCENARIO = 'title = "It works"\nrequirements = ["LR-01"]\nlevel = "must"\nexpect = "signed-in"\n'
ABOUT = {"product": "leerid-testbed", "version": "1", "api": "1", "issuer": "http://localhost:1/op"}
PERSONA = {"slug": "secondary-pupil", "user_name": "x", "password": "y"}
MOCK: Mapping[str, Any] = {
    "/control/v1": ABOUT,
    "/control/v1/faults": {
        "faults": [{"id": "id-token.expired", "seam": "id-token", "kind": "fault", "sentence": "Late."}]
    },
    "/control/v1/personas": {"personas": [PERSONA]},
    "POST /control/v1/stages": {"id": "s1", "cookie": {"name": "leerid_stage", "value": "s1"}},
    "DELETE /control/v1/stages/s1": (204, "", {}),
}


def target(folder: Path, mock: str = "http://127.0.0.1:1", more: str = "") -> Path:
    file = folder / "mine.toml"
    lines = ['name = "Mine"', 'sign_in_url = "http://127.0.0.1:1/login"', more, "[mock]", f'url = "{mock}"']
    file.write_text("\n".join([*lines, "[landmarks]", 'signed_in = { text = "Welcome" }', ""]))
    return file


def scenarios(folder: Path, **more: str) -> Path:
    place = folder / "scenarios"
    (place / "group").mkdir(parents=True)
    for name, text in {"plain": SCENARIO, **more}.items():
        (place / "group" / f"{name}.toml").write_text(text)
    return place


def judged(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(*arguments: object) -> str:
    result = judged(*arguments)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.output


def test_a_target_that_is_not_there(tmp_path: Path) -> None:
    assert "absent.toml: cannot be read" in refused("run", "--target", tmp_path / "absent.toml")


def test_problems_of_target_profile_scenarios_and_patterns_come_together(tmp_path: Path) -> None:
    file = target(tmp_path, more='timeout = "soon"')
    place = scenarios(tmp_path, odd=SCENARIO.replace("must", "most"), worse="x")
    said = refused("run", "--target", file, "--scenarios", place, "--only", "grup/*", "--only", "group/plain")
    assert "4 problems to mend first" in said
    assert "mine.toml: timeout: no such key (did you mean 'timeout_s'?)" in said
    assert "scenarios/group/odd.toml: level:" in said
    assert "scenarios/group/worse.toml: is not TOML" in said
    assert "--only: no scenario of profile 'full' matches 'grup/*'" in said


def test_an_unknown_profile(tmp_path: Path) -> None:
    said = refused("run", "--target", target(tmp_path), "--profile", "fulll")
    assert "did you mean 'full'?" in said


def test_a_mock_that_is_not_there(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    assert f"mock.url: no mock answers at {url}" in refused("run", "--target", target(tmp_path, mock=url))


def test_the_mock_of_the_command_line_counts(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    assert f"no mock answers at {url}" in refused("run", "--target", target(tmp_path), "--mock", url)


@pytest.fixture
def mock() -> Any:
    with serve(MOCK) as server:
        yield server


def test_a_fault_that_the_mock_does_not_know(tmp_path: Path, mock: LittleServer) -> None:
    text = SCENARIO.replace("signed-in", "refused") + 'faults = ["id-token.expird"]\n'
    place = scenarios(tmp_path, odd=text)
    said = refused("run", "--target", target(tmp_path, mock.url), "--scenarios", place)
    assert (
        "scenarios/group/odd.toml: faults: there is no fault 'id-token.expird' (did you mean 'id-token.expired'?)"
        in said
    )


def test_a_mistake_in_a_scenario_that_is_not_asked_for_is_no_obstacle(tmp_path: Path, mock: LittleServer) -> None:
    place = scenarios(tmp_path, odd=SCENARIO + 'persona = "nobody"\n')
    said = refused(
        "run", "--target", target(tmp_path, mock.url, 'origins = ["http://a.invalid"]'), "--scenarios", place,
        "--only", "group/plain",
    )  # fmt: skip
    assert "persona" not in said
    assert "has not consented" in said


def test_an_application_elsewhere_that_has_not_consented(tmp_path: Path, mock: LittleServer) -> None:
    file = target(tmp_path, mock.url)
    file.write_text(file.read_text().replace("http://127.0.0.1:1/login", "http://school.invalid/login"))
    said = refused("run", "--target", file, "--scenarios", scenarios(tmp_path))
    assert "http://school.invalid is not on this machine and has not consented" in said


def test_a_mock_that_has_no_casts_yet(tmp_path: Path) -> None:
    problem = {"message": "One value is wrong.", "problems": [{"key": "cast", "message": "There is no such member."}]}
    with serve({**MOCK, "POST /control/v1/stages": (422, problem, {})}) as server:
        file, place = target(tmp_path, server.url), scenarios(tmp_path)
        said = refused("run", "--target", file, "--scenarios", place)
        file.write_text(f'people = "personas"\n{file.read_text()}')
        start = '[start]\ncommand = ["no-such-program"]\nready_url = "http://127.0.0.1:1/"\n'
        file.write_text(file.read_text() + start)
        without = refused("run", "--target", file, "--scenarios", place)
    assert "people: the mock has no people of each scenario's own" in said
    assert "cast: There is no such member." in said
    assert 'people = "personas"' in said
    assert "start.command" in without, "where the personas themselves sign in, no cast is asked for"


@pytest.mark.parametrize("label", ["Run", "a-b", "x" * 17, "x\n"])
def test_a_cast_is_small_letters_and_digits(tmp_path: Path, label: str) -> None:
    said = refused("run", "--target", target(tmp_path), "--scenarios", scenarios(tmp_path), "--cast", label)
    assert "--cast" in said
    assert "give 1 to 16 small letters and digits" in said


def test_the_personas_themselves_are_no_cast(tmp_path: Path) -> None:
    file = target(tmp_path, more='people = "personas"')
    said = refused("run", "--target", file, "--scenarios", scenarios(tmp_path), "--cast", "again")
    assert "--cast: the target says that the personas themselves sign in" in said


def test_an_application_that_does_not_start(tmp_path: Path, mock: LittleServer) -> None:
    file = target(tmp_path, mock.url)
    start = '[start]\ncommand = ["no-such-program"]\nready_url = "http://127.0.0.1:1/"\n'
    file.write_text(file.read_text() + start)
    said = refused("run", "--target", file, "--scenarios", scenarios(tmp_path))
    assert "start.command: no program 'no-such-program' was found" in said


def test_a_registration_that_the_mock_refuses(tmp_path: Path) -> None:
    problem = {"message": "Not like this", "problems": [{"key": "redirect_uris", "message": "is empty"}]}
    file = target(tmp_path)
    client = '[client]\nclient_id = "me"\nclient_secret = "hush"\nredirect_uris = ["http://127.0.0.1:1/callback"]\n'
    file.write_text(file.read_text() + client)
    with serve({**MOCK, "PUT /control/v1/clients/me": (422, problem, {})}) as server:
        said = refused("run", "--target", file, "--mock", server.url, "--scenarios", scenarios(tmp_path))
    assert "redirect_uris: is empty" in said
    assert "hush" not in said


def test_no_browser(tmp_path: Path, mock: LittleServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEERID_CHROMIUM", str(tmp_path / "absent"))
    said = refused("run", "--target", target(tmp_path, mock.url), "--scenarios", scenarios(tmp_path))
    assert "LEERID_CHROMIUM" in said


def test_the_command_itself_leaves_no_traceback(tmp_path: Path) -> None:
    command = Path(sysconfig.get_path("scripts")) / "leerid-check"
    done = subprocess.run(
        [command, "run", "--target", tmp_path / "absent.toml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("leerid-check: 1 problem to mend first\n")


def test_lint_tells_everything_at_once(tmp_path: Path, mock: LittleServer) -> None:
    place = scenarios(tmp_path, odd=SCENARIO.replace("It works", "it should.") + 'persona = "nobody"\n')
    said = refused("lint", "--scenarios", place, "--mock", mock.url)
    assert said.count("scenarios/group/odd.toml") == 4


def test_a_folder_for_the_evidence_that_holds_something_else_is_told_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("of somebody")
    said = refused("run", "--target", tmp_path / "absent.toml", "--evidence", tmp_path / "full")
    assert "2 problems to mend first" in said
    assert "--evidence: " in said
    assert "holds mine.txt, which no evidence pack wrote" in said
    assert (tmp_path / "full" / "mine.txt").read_text() == "of somebody"


@pytest.mark.parametrize(("profile", "warned"), [("full", True), ("protocol", False)])
def test_evidence_about_another_profile_than_the_protocol_is_warned_of(
    tmp_path: Path, profile: str, *, warned: bool
) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    file = target(tmp_path, mock=url)
    said = refused("run", "--target", file, "--profile", profile, "--evidence", tmp_path / "new")
    assert ("warning: the evidence is about the profile 'full'" in said) is warned
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("beneath", ["", "more", "more/still"])
def test_a_file_where_the_reports_are_to_be_is_told_with_the_rest(tmp_path: Path, beneath: str) -> None:
    (tmp_path / "mine.txt").write_text("of somebody")
    said = refused("run", "--target", tmp_path / "absent.toml", "--report", tmp_path / "mine.txt" / beneath)
    assert "2 problems to mend first" in said
    assert f"--report: {tmp_path / 'mine.txt'} is no folder" in said
    assert (tmp_path / "mine.txt").read_text() == "of somebody"


def test_a_link_that_leads_nowhere_is_no_folder_for_reports(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "absent")
    said = refused("run", "--target", tmp_path / "absent.toml", "--report", tmp_path / "link")
    assert f"--report: {tmp_path / 'link'} is no folder" in said


def test_a_folder_for_the_reports_into_which_nobody_may_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda place, _mode: place != tmp_path)
    said = refused("run", "--target", tmp_path / "absent.toml", "--report", tmp_path / "new" / "newer")
    assert f"--report: nobody may write into {tmp_path}" in said
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("folder", ["there", "not/yet/there"])
def test_a_folder_for_the_reports_may_be_there_or_not(tmp_path: Path, folder: str) -> None:
    (tmp_path / "there").mkdir()
    said = refused("run", "--target", tmp_path / "absent.toml", "--report", tmp_path / folder)
    assert "1 problem to mend first" in said
    assert not (tmp_path / "not").exists()


@asynccontextmanager
async def nothing_outside(*_: object, **__: object) -> AsyncIterator[None]:
    yield None


@pytest.fixture(params=[True, False], ids=["complete", "interrupted"])
def ended(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is over."""

    async def conduct(*_: object) -> tuple[Report, bool]:
        return example(), request.param

    monkeypatch.setattr(command, "set_up", nothing_outside)
    monkeypatch.setattr(command, "conduct", conduct)


@pytest.mark.usefixtures("ended")
def test_reports_that_cannot_be_written_are_told_in_a_line_after_what_was_found(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    (folder / "report.json").mkdir(parents=True)
    arguments = ("run", "--target", target(tmp_path), "--scenarios", scenarios(tmp_path), "--report", folder)
    said = refused(*arguments)
    assert f"--report: {folder / 'report.json'} cannot be written: Is a directory" in said
    assert "FAILED  id-token/nonce-mismatch" in said
    assert json.loads(judged(*arguments, "--json").stdout)["results"]


@pytest.mark.parametrize("ended", [True], indirect=True)
@pytest.mark.usefixtures("ended")
def test_a_disk_that_is_full_when_the_evidence_comes_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object, **__: object) -> list[Path]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(command, "file_evidence", full)
    places = ("--report", tmp_path / "report", "--evidence", tmp_path / "evidence")
    said = refused("run", "--target", target(tmp_path), "--scenarios", scenarios(tmp_path), *places)
    assert f"--evidence: {tmp_path / 'evidence'} cannot be written: No space left on device" in said
    assert str(tmp_path / "report" / "report.html") in said
