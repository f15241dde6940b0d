"""The workshop: every session a person or CI runs, from a bare Python to a verdict.

`python3 noxfile.py -s tests` works with nothing installed: nox is fetched into a private environment first.
`python3 noxfile.py -l` lists the sessions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOX_ENVIRONMENT = HERE / ".nox" / "_nox"
OLDEST_PYTHON = (3, 11)


def _stop(message: str) -> None:
    sys.exit(f"noxfile.py: {message}")


def _continue_in_private_environment() -> None:
    """Fetch nox, pinned by hash, into an environment of its own and start again there."""
    if sys.version_info < OLDEST_PYTHON:
        _stop(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}. Start it with another `python3`.")
    python = NOX_ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = NOX_ENVIRONMENT / "ready"
    if not ready.exists():
        print("nox is not installed: fetching it into .nox/_nox", file=sys.stderr, flush=True)
        try:
            venv.EnvBuilder(with_pip=True, clear=True).create(NOX_ENVIRONMENT)
            requirements = str(HERE / "constraints" / "nox.txt")
            install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
            subprocess.run([*install, "--require-hashes", "-r", requirements], check=True)
        except (subprocess.CalledProcessError, OSError) as problem:
            _stop(
                f"nox could not be fetched ({problem}). On Debian: apt-get install python3-venv; else: pip install nox."
            )
        ready.touch()
    command = [str(python), "-m", "nox", "-f", str(HERE / "noxfile.py"), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(python, command)  # noqa: S606  our own interpreter, no shell wanted


try:
    import nox
except ImportError:
    _continue_in_private_environment()
    raise

if __name__ == "__main__":
    sys.exit(subprocess.run([sys.executable, "-m", "nox", "-f", __file__, *sys.argv[1:]], check=False).returncode)

nox.needs_version = ">=2025.5.1"
os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "tests", "conformance"]

REPORTS = Path("build")
SIDE_BY_SIDE = (os.cpu_count() or 1) + 1
"""Tests wait for servers and browsers now and then: one more than cores keeps those busy."""
FOREIGN = "examples/mod-auth-openidc"
ON_POSTGRES = [f"tests/relying_party/{each}" for each in ("accounts", "cli", "signin/test_sign_in.py")]
SOURCES = [
    "mock_idp",
    "relying_party",
    "conformance",
    "scenarios",
    "tests",
    "scripts",
    "benchmarks",
    "examples",
    ".ci",
    "noxfile.py",
]
PINNED = {
    "nox": ["--group", "nox"],
    "run": ["pyproject.toml", "--group", "build"],
    "tests": ["pyproject.toml", "--group", "build", "--group", "tests"],
    "bench": ["pyproject.toml", "--group", "build", "--group", "tests", "--group", "bench"],
    "clients": ["pyproject.toml", "--group", "build", "--group", "clients"],
    "postgres": ["pyproject.toml", "--group", "build", "--group", "tests", "--group", "postgres"],
    "lint": ["pyproject.toml", "--group", "lint"],
}


def _install(session: nox.Session, group: str) -> None:
    """Install what `group` needs, pinned by hash, and the project itself as a user would get it."""
    session.install("--quiet", "--require-hashes", "-r", f"constraints/{group}.txt")
    session.install("--quiet", "--no-deps", "--no-build-isolation", "--force-reinstall", ".")


@nox.session
def lint(session: nox.Session) -> None:
    """Read the code: style (ruff, every rule), types (mypy, strict), floors (import-linter, exhaustive)."""
    session.install("--quiet", "--require-hashes", "-r", "constraints/lint.txt")
    session.run("ruff", "check", *SOURCES)
    session.run("ruff", "format", "--check", *SOURCES)
    session.run("mypy")
    session.run("lint-imports", "--no-cache", env={"PYTHONPATH": "."})


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests, the ones in a real browser included. Arguments after `--` go to pytest."""
    _install(session, "tests")
    session.run("leerid-check", "browser", "--install")
    everything = [f"--numprocesses={SIDE_BY_SIDE}", "--dist=loadgroup", f"--junit-xml={REPORTS}/tests.xml"]
    session.run("pytest", *(session.posargs or everything))


@nox.session
def conformance(session: nox.Session) -> None:
    """Judge the reference application with every scenario in a real browser; the report goes to build/report/."""
    _install(session, "run")
    session.run("leerid-check", "browser", "--install")
    arguments = session.posargs or ["--report", str(REPORTS / "report")]
    session.run("leerid-check", "run", "--target", "examples/reference.toml", *arguments)


@nox.session(default=False)
def foreign(session: nox.Session) -> None:
    """Judge Apache with mod_auth_openidc, installed from Debian's packages and started on loopback."""
    _install(session, "run")
    session.run("leerid-check", "browser", "--install")
    session.run("python", f"{FOREIGN}/serve.py", "--install")
    report = REPORTS / "foreign"
    run = ["leerid-check", "run", "--target", f"{FOREIGN}/target.toml", "--report", str(report)]
    session.run(*run, *session.posargs, success_codes=[0, 1])
    session.run("python", f"{FOREIGN}/findings.py", str(report / "report.json"), "docs/foreign.md")


@nox.session(default=False)
def clients(session: nox.Session) -> None:
    """Let real client libraries sign a pupil in and out in a real browser; docs/clients.md. Wants Node and Apache."""
    _install(session, "clients")
    session.run("leerid-check", "browser", "--install")
    session.run("python", f"{FOREIGN}/serve.py", "--install")
    session.run("python", "examples/clients/prepare.py", str(REPORTS / "clients"))
    arguments = session.posargs or [f"--junit-xml={REPORTS}/clients.xml"]
    session.run("pytest", "tests/clients", "--real-clients", *arguments)
    session.run("python", "scripts/clients_table.py")


@nox.session(default=False)
def postgres(session: nox.Session) -> None:
    """Run the tests that keep accounts on a PostgreSQL of Debian's packages, started on loopback and stopped again."""
    _install(session, "postgres")
    session.run("python", "scripts/postgres.py", "--install")
    tests = session.posargs or [*ON_POSTGRES, f"--junit-xml={REPORTS}/postgres.xml"]
    session.run("python", "scripts/postgres.py", "pytest", *tests)


@nox.session(default=False)
def kills(session: nox.Session) -> None:
    """Kill a process 200 times in the middle of a sign-in, a relink or a purge; nothing is lost, nothing is doubled."""
    _install(session, "tests")
    session.run("pytest", "tests/relying_party/accounts/test_killed.py", "-s", *(session.posargs or ["--kills=200"]))


@nox.session(default=False)
def matrix(session: nox.Session) -> None:
    """Judge every defect with every scenario that it can change; docs/matrix.md. Over an hour; `-- --resume`."""
    _install(session, "tests")
    session.run("leerid-check", "browser", "--install")
    whole = ["pytest", "--whole-matrix", f"--numprocesses={SIDE_BY_SIDE}", *session.posargs]
    session.run(*whole, "tests/matrix/test_sound.py")
    session.run(*whole, "tests/matrix/test_rows.py")
    session.run("python", "scripts/matrix_table.py")
    session.run(*whole, "tests/matrix/test_matrix.py")


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Measure sign-ins, pupils against Faker, a storm, and the harness; build/bench.json. `-- --quick`."""
    _install(session, "bench")
    session.run("leerid-check", "browser", "--install")
    here = {"PYTHONPATH": "."}
    both = [each for each in session.posargs if each in {"--quick", "--no-goals"}]
    session.run("python", "benchmarks/population.py", *both)
    session.run("python", "-m", "benchmarks.flows", *session.posargs, env=here)
    fewer = ["--requests=5000"] if "--quick" in session.posargs else []
    session.run("python", "-m", "benchmarks.storm", *fewer, env=here)
    session.run("python", "-m", "benchmarks.harness", *both, env=here)


@nox.session(default=False)
def documents(session: nox.Session) -> None:
    """Write again what is derived: claims, fidelity, personas, oidf and mistakes in docs/, both APIs, faults.json."""
    session.install("--quiet", "--require-hashes", "-r", "constraints/run.txt")
    here = {"PYTHONPATH": "."}  # what is written lies in the source tree
    session.run("python", "scripts/claims_table.py", env=here)
    session.run("python", "scripts/fidelity_table.py", env=here)
    session.run("python", "scripts/fault_catalogue.py", env=here)
    session.run("python", "scripts/oidf_table.py", env=here)
    session.run("python", "scripts/mistakes_table.py", env=here)
    session.run("python", "-m", "mock_idp.web.control.document", env=here)
    session.run("python", "-m", "mock_idp.web.datastore.document", env=here)
    personas = "from mock_idp.cli import main; main(['personas', '--markdown'])"
    with Path("docs/personas.md").open("w", encoding="utf-8") as page:
        session.run("python", "-c", personas, stdout=page, env=here)


@nox.session(default=False)
def screenshots(session: nox.Session) -> None:
    """Take the pictures of the README again: docs/images/."""
    _install(session, "run")
    session.run("leerid-check", "browser", "--install")
    session.run("python", "scripts/screenshots.py", *session.posargs)


@nox.session(default=False)
def constraints(session: nox.Session) -> None:
    """Compile the pinned versions and their hashes again: constraints/*.txt."""
    session.install("--quiet", "uv==0.13.9")
    for name, sources in PINNED.items():
        session.run(
            *["uv", "pip", "compile", "--quiet", "--universal", "--python-version=3.11", "--generate-hashes"],
            *["--custom-compile-command=python3 noxfile.py -s constraints", "--upgrade"],
            *[*sources, "-o", f"constraints/{name}.txt"],
        )
