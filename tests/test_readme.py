"""What README.md tells a newcomer to paste works."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from laboratory import COMMANDS

from conformance.target import load_target
from mock_idp.domain.clients import clients_in
from mock_idp.domain.people.book import read_people

README = Path("README.md").read_text(encoding="utf-8")
PEOPLE, CLIENTS, TARGET = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
STUDENTS = re.findall(r"^    leerid-idp (students .*)$", README, re.MULTILINE)


def test_the_people_file_is_accepted() -> None:
    [person] = read_people(PEOPLE, "README.md", anchor=date(2026, 11, 23)).all()
    assert person.full_name == "Noor Testleerling"


@pytest.mark.parametrize("line", STUDENTS)
def test_the_commands_about_students_work(line: str, tmp_path: Path) -> None:
    command = [str(COMMANDS / "leerid-idp"), *line.split()]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout or list(tmp_path.iterdir())


def test_the_clients_file_is_accepted() -> None:
    [client] = clients_in(CLIENTS, "README.md")
    assert client.client_id == "my-application"


def test_the_target_of_ten_lines_is_accepted(tmp_path: Path) -> None:
    target = tmp_path / "my-application.toml"
    target.write_text(TARGET, encoding="utf-8")
    assert load_target(target).sign_in_url in TARGET
    assert len([line for line in TARGET.splitlines() if line]) <= 10


TARGETS = [each for each in sorted(Path("examples").rglob("*.toml")) if each.name != "clients.toml"]


@pytest.mark.parametrize("target", TARGETS, ids=str)
def test_the_targets_of_the_examples_are_accepted(target: Path) -> None:
    assert load_target(target).name


@pytest.mark.parametrize("command", sorted(set(re.findall(r"(leerid-(?:idp|check) [a-z]+)", README))))
def test_every_command_that_is_named_exists(command: str) -> None:
    name, subcommand = command.split()
    subprocess.run([str(COMMANDS / name), subcommand, "--help"], check=True, capture_output=True)


@pytest.mark.parametrize("session", sorted(set(re.findall(r"noxfile.py -s (\w+)", README))))
def test_every_session_that_is_named_exists(session: str) -> None:
    assert f"def {session}(session" in Path("noxfile.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_every_file_that_is_linked_exists(link: str) -> None:
    assert Path(link).exists()
