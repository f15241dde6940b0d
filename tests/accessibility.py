"""What axe finds wrong with a page in a browser, asked for nothing else."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ONLY_VIOLATIONS = {"resultTypes": ["violations"], "selectors": False}
"""Every rule is tried. What passes is not gathered node by node, and no node gets a selector: that took most time."""


def violations(page: Page) -> list[str]:
    """One line for each rule that the page breaks, with the elements that break it."""
    found: list[dict[str, Any]] = Axe().run(page, options=ONLY_VIOLATIONS).response["violations"]
    return [f"{row['id']}: {row['help']}: {[node['html'][:200] for node in row['nodes']]}" for row in found]
