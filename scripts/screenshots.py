"""Take the pictures of the documentation: docs/images/*.png. Needs what `python3 noxfile.py -s screenshots` installs.

Starts the mock and the reference application on free ports, runs a short judgement of an application with one defect
(so that the report has a finding to show), and photographs the pages.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path("docs/images")
DEFECT = "nonce-unchecked"
SCENARIOS = ("sign-in/*", "enrolment/*", "id-token/nonce-mismatch", "id-token/expired")
SEARCH = "q=vermeulen&situation=identified-since"
START_S = 30


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _served(command: list[str], url: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + START_S
    try:
        while True:
            try:
                httpx.get(url, timeout=1)
                break
            except httpx.TransportError:
                if process.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"{' '.join(command)} does not answer at {url}")
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


def _sign_in(browser: Browser, application: str) -> None:
    page = browser.new_page(locale="nl-BE")
    page.goto(f"{application}/sign-in")
    page.get_by_test_id("persona-secondary-pupil").click()
    page.get_by_test_id("signed-in").wait_for()
    page.close()


def _take(browser: Browser, url: str, name: str, *, query: str = "", down: bool = False) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="nl-BE")
    page.goto(url)
    if query:
        page.goto(f"{page.url.partition('?')[0]}?{query}")
    if down:
        page.locator("#chosen").evaluate("each => each.scrollIntoView()")
    page.screenshot(path=IMAGES / name)
    page.close()
    print(IMAGES / name)


def _with_command(target: str, further: list[str]) -> str:
    """Return a target whose application is started with further options."""
    command = [*tomllib.loads(target)["start"]["command"], *further]
    changed, times = re.subn(r"(?s)(?<=\[start\]\ncommand = )\[.*?\n\]", lambda _: json.dumps(command), target)
    return changed if times == 1 else sys.exit("examples/reference.toml does not begin its [start] with a command")


def main() -> None:
    """Start everything, take every picture, stop everything."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    mock, application = _free_port(), _free_port()
    home = f"http://localhost:{mock}"
    report = Path(tempfile.mkdtemp())
    serve = ["leerid-rp", "serve", "--port", str(application), "--issuer", f"{home}/op"]
    target = report / "target.toml"
    text = Path("examples/reference.toml").read_text(encoding="utf-8")
    text = text.replace("9200", str(application)).replace("http://localhost:9100", home)
    target.write_text(_with_command(text, ["--issuer", f"{home}/op", "--defect", DEFECT]), encoding="utf-8")
    program = subprocess.run(["leerid-check", "browser"], check=True, capture_output=True, text=True).stdout.strip()
    with ExitStack() as stack:
        discovery = f"{home}/op/.well-known/openid-configuration"
        stack.enter_context(_served(["leerid-idp", "serve", "--port", str(mock)], discovery))
        only = [item for scenario in SCENARIOS for item in ("--only", scenario)]
        run = ["leerid-check", "run", "--target", str(target), "--report", str(report), *only]
        subprocess.run(run, check=False)
        stack.enter_context(_served(serve, f"http://127.0.0.1:{application}/healthz"))
        browsers = stack.enter_context(sync_playwright())
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = browsers.chromium.launch(executable_path=program, args=["--no-sandbox"] if root else [])
        _take(browser, f"http://127.0.0.1:{application}/sign-in", "sign-in.png")
        _take(browser, f"http://127.0.0.1:{application}/sign-in", "search.png", query=SEARCH)
        _sign_in(browser, f"http://127.0.0.1:{application}")
        _take(browser, f"{home}/inspect", "inspect.png", down=True)
        _take(browser, (report / "report.html").as_uri(), "report.png")
        browser.close()


if __name__ == "__main__":
    main()
