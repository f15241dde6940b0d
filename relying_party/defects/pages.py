"""Defects in what the pages tell: the browser, the next pupil at this computer, and others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from relying_party.defects.registry import defect
from relying_party.signin import staff
from relying_party.signin.rules import pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from relying_party.accounts.sessions import Visit
    from relying_party.settings import Settings

COUNTER = "http://counter.localhost/visits.js"
"""Another origin, which browsers look for on this machine."""


@defect(replaces=pages.page_headers, requirements=("LR-49", "SES-04"))
def counter_from_elsewhere(issuers: Sequence[str]) -> dict[str, str]:
    """Lets every page load a counter of somebody else."""
    open_to_all = {"Content-Security-Policy": "default-src *", "Link": f"<{COUNTER}>; rel=preload; as=script"}
    return pages.page_headers(issuers) | open_to_all


@defect(replaces=pages.cache_control, requirements=("SES-11", "LR-65", "LGT-03"))
def page_kept_in_cache(path: str) -> str:
    """Lets the browser keep the page of a pupil, who may have signed out since."""
    return "private, max-age=600" if path == "/me" else pages.cache_control(path)


@defect(replaces=pages.cache_control, requirements=("LGT-06",))
def logout_answer_kept(path: str) -> str:
    """Lets whoever stands between keep the answer to a logout token."""
    return "max-age=600" if path == "/backchannel-logout" else pages.cache_control(path)


@defect(replaces=pages.facts_for_scripts, requirements=("REQ-09",))
def secret_in_page(client_id: str, client_secret: str) -> dict[str, str]:
    """Tells every page the client secret, for its scripts."""
    return {"client-id": client_id, "client-secret": client_secret}


@defect(replaces=pages.leaves_response_address, requirements=("SES-05",))
def response_stays_in_address() -> bool:
    """Shows the pupil's page under the address of the response, code and state included."""
    return False


@defect(replaces=pages.name_on_page, requirements=("CLM-34",))
def name_as_markup(name: str) -> str:
    """Writes names on the page as they come, so that markup in them is run."""
    return Markup(name)  # noqa: S704  that is the defect


@defect(replaces=pages.words_of_provider, requirements=("AZR-20",))
def error_description_as_markup(described: str) -> str:
    """Writes on the page what comes with an error, so that markup in it is run."""
    return Markup(described)  # noqa: S704  that is the defect


def _scripts_allowed(issuers: Sequence[str]) -> dict[str, str]:
    headers = pages.page_headers(issuers)
    return headers | {"Content-Security-Policy": f"{headers['Content-Security-Policy']}; script-src 'unsafe-inline'"}


@defect(replaces=pages.name_on_page, requirements=("LR-49", "SES-03"), beside={pages.page_headers: _scripts_allowed})
def name_in_storage(name: str) -> str:
    """Lets a script keep the pupil's name in the storage of the browser."""
    return _with_script(name, f"localStorage.setItem('name', {json.dumps(name)})")


@defect(replaces=pages.name_on_page, requirements=("LR-49", "SES-03"), beside={pages.page_headers: _scripts_allowed})
def name_in_database(name: str) -> str:
    """Lets a script keep the pupil's name in a database of the browser."""
    return _with_script(
        name,
        "const opening = indexedDB.open('pupils', 1);"
        "opening.onupgradeneeded = () => opening.result.createObjectStore('names')"
        f".put({json.dumps(name)}, 'name')",
    )


def _with_script(name: str, script: str) -> str:
    return Markup("{}<script>{}</script>").format(name, Markup(script))  # noqa: S704  that is the defect


@defect(replaces=pages.first_page_parameters, requirements=("LR-49", "SES-03"))
def claims_in_url(id_token: str, _access_token: str) -> dict[str, Any]:
    """Hands the ID token on in the address of the next page."""
    return {"id_token": id_token}


@defect(replaces=pages.first_page_parameters, requirements=("LR-49", "SES-03"))
def access_token_in_page_address(_id_token: str, access_token: str) -> dict[str, Any]:
    """Hands the access token on in the address of the next page."""
    return {"access_token": access_token}


@defect(replaces=staff.is_staff, requirements=("LR-51", "LR-52"))
def staff_page_open_to_pupils(_visit: Visit, _settings: Settings) -> bool:
    """Shows the pages for staff to everybody who is signed in."""
    return True


@defect(replaces=pages.whose_data, requirements=("LR-51", "LR-52"))
def data_of_anybody(person_id: str, asked: Mapping[str, str]) -> str:
    """Shows the data of whomever the address names."""
    return asked.get("person", person_id)


@defect(replaces=pages.report_offered, requirements=("LR-66",))
def no_report_offered() -> bool:
    """Has no place for what pupils say is wrong in their data."""
    return False


@defect(replaces=pages.farewell, requirements=("LR-65",))
def farewell_by_name(name: str) -> str:
    """Says goodbye by name on the page after signing out."""
    return name


@defect(replaces=pages.name_left_behind, requirements=("SES-11", "LR-65"))
def second_pupil_sees_first(name: str) -> str:
    """Names whoever signed out last on the page of whoever signs in next in the same browser."""
    return name


@defect(replaces=pages.next_page, requirements=("MIX-07",))
def next_page_anywhere(asked: str) -> str:
    """Sends the browser after the sign-in wherever the address of the sign-in said."""
    return asked


@defect(replaces=pages.next_page, requirements=("MIX-07",))
def next_page_by_first_slash(asked: str) -> str:
    """Takes every address that begins with a slash for one of its own, two slashes and a host too."""
    return asked if asked.startswith("/") else ""
