"""Defects in whom pages are shown to: what a sound application does, and what each does otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import OpenBrowser
    from honest_provider import HonestProvider

STAFF = ("somebody-else",)


@pytest.mark.parametrize(
    ("defect", "shows"),
    [
        (None, set()),
        ("staff-page-open-to-pupils", {"/staff/pupils/{}"}),
        ("data-of-anybody", {"/me/data?person={}", "/me/data.json?person={}"}),
    ],
)
def test_a_pupil_sees_nothing_of_another(
    open_browser: OpenBrowser, provider: HonestProvider, defect: str | None, shows: set[str]
) -> None:
    settings = {"defect": defect, "staff_subjects": STAFF}
    first = open_browser(**settings).sign_in()
    provider.claims = provider.claims | {"ov_account_uuid": "b", "ov_leerid_uuid": ["b"], "family_name": "Peeters"}
    browser = open_browser(**settings)
    assert browser.sign_in().signed_in
    addresses = {"/me/data", "/me/data?person={}", "/me/data.json?person={}", "/staff/pupils/{}"}
    pages = {address: browser.client.get(address.format(first.person_id)).text for address in addresses}
    assert {address for address, page in pages.items() if "Gheynst" in page} == shows


@pytest.mark.parametrize(("defect", "offered"), [(None, True), ("no-report-offered", False)])
def test_wrong_data_can_be_reported(open_browser: OpenBrowser, defect: str | None, *, offered: bool) -> None:
    browser = open_browser(defect=defect)
    assert browser.sign_in().signed_in
    assert ("<textarea" in browser.client.get("/me/data").text) is offered
