"""The page itself. Rendering is half of the work of a sign-in, so what is the same for everybody is rendered once."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import Response, current_app, render_template, request
from markupsafe import Markup

from mock_idp.domain.discimus import schools
from mock_idp.web.current import address_of, current_provider
from mock_idp.web.languages import LANGUAGES, PARAMETER, chosen_language, language
from mock_idp.web.sign_in.asking import Asked, asked_of
from mock_idp.web.sign_in.blueprint import client_of
from mock_idp.web.sign_in.finding import Found, found
from mock_idp.web.sign_in.recent import recent_people
from mock_idp.web.sign_in.shown import groups_of, person_card, persona_card
from mock_idp.web.sign_in.situations import WORDS

if TYPE_CHECKING:
    from datetime import date

    from mock_idp.domain.people.person import Person
    from mock_idp.provider.sign_in import Interaction
    from mock_idp.web.sign_in.outcome import Trouble
    from mock_idp.web.sign_in.shown import Card

PAGES: Final = "leerid-sign-in-pages"
MOST_PAGES: Final = 64
MOST_LISTED: Final = 24
"""How many people of a stage or file the page lists; the others are searched for."""
SEARCHING: Final = frozenset({"q", "situation", "school"})
ADDRESS: Final = Markup("<address-of-this-interaction>")
COMPOSER: Final = Markup("<address-of-its-composer>")
OWN: Final = Markup("<own-people>")
"""Holes in a page rendered before. What is typed is escaped, so none of it is taken for one."""
HOLES: Final = re.compile(f"({'|'.join(map(re.escape, (ADDRESS, COMPOSER, OWN)))})")


@dataclass(frozen=True, kw_only=True)
class Made:
    """People of the stage, as far as they are listed; `new`: who was made just now."""

    cards: tuple[Card, ...]
    count: int
    new: Person | None


def page(interaction: Interaction, *, trouble: Trouble | None = None) -> Response:
    """Return the sign-in page: plain, with whom was searched for, or with what went wrong."""
    addresses = {ADDRESS: _address("sign_in.submit", interaction), COMPOSER: _address("sign_in.compose", interaction)}
    asked = asked_of(request.args, current_provider().people.schools) if SEARCHING & set(request.args) else None
    if trouble or asked:
        pieces = _pieces(
            _rendered(interaction, trouble=trouble, asked=asked, found=found(asked, interaction) if asked else None)
        )
    else:
        pieces = _plain(interaction)
    own = "" if asked else _own(interaction, addresses[ADDRESS])
    holes = {hole.encode(): filling.encode() for hole, filling in {**addresses, OWN: own}.items()}
    return Response(b"".join(holes.get(each, each) for each in pieces))


def _address(endpoint: str, interaction: Interaction) -> str:
    return address_of(endpoint, interaction_id=interaction.id, lang=chosen_language())


def _pieces(text: str) -> tuple[bytes, ...]:
    """Return a page in pieces, each hole one of them."""
    return tuple(each.encode() for each in HOLES.split(text))


def _plain(interaction: Interaction) -> tuple[bytes, ...]:
    if request.args.keys() - {PARAMETER}:  # the page leads to itself in other languages, with all that was asked
        return _pieces(_rendered(interaction))
    pages: OrderedDict[Any, tuple[bytes, ...]] = current_app.extensions.setdefault(PAGES, OrderedDict())
    day = _day(interaction) if current_provider().people.of_file else None  # personas are told of without a day
    stage = current_provider().stages.get(interaction.stage_id)
    key = (language(), chosen_language(), client_of(interaction), stage.persona, stage.cast, day)
    pieces = pages.pop(key, None) or _pieces(_rendered(interaction))
    pages[key] = pieces  # last again, so that what is asked for stays
    while len(pages) > MOST_PAGES:
        pages.popitem(last=False)
    return pieces


def _suggested(interaction: Interaction) -> str | None:
    return current_provider().stages.get(interaction.stage_id).persona


def _day(interaction: Interaction) -> date:
    return current_provider().calendar(current_provider().stages.get(interaction.stage_id))


def _rendered(
    interaction: Interaction, *, trouble: Trouble | None = None, asked: Asked | None = None, found: Found | None = None
) -> str:
    people = current_provider().people
    personas = people.casting.personas(interaction.stage_id)
    suggested = next((each for each in personas if each.slug == _suggested(interaction)), None)
    of_file = people.of_file.all() if people.of_file else ()
    return render_template(
        "sign_in.html",
        address=ADDRESS,
        composer=COMPOSER,
        own=OWN,
        client_name=client_of(interaction),
        trouble=trouble,
        username=request.form.get("username"),
        asked=asked or Asked(),
        found=found,
        situations={each.value: words for each, words in WORDS.items()},
        schools=schools().values(),
        suggested=persona_card(suggested) if suggested else None,
        groups=groups_of(each for each in personas if each is not suggested),
        file_cards=[person_card(each, _day(interaction)) for each in of_file[:MOST_LISTED]],
        file_count=len(of_file),
        crowd_count=len(people.crowd),
        language_parameter=chosen_language(),
        **({"language_links": _in_other_languages(interaction)} if request.method == "POST" else {}),
    )


def _in_other_languages(interaction: Interaction) -> dict[str, str]:
    """Return where a page that answers a form is found in each language: without what the form led to."""
    return {each: address_of("sign_in.show", interaction_id=interaction.id, lang=each) for each in LANGUAGES}


def _own(interaction: Interaction, address: str) -> str:
    """Return what only this browser or this stage has: the last ones used, and people who were made."""
    recent, made = recent_people(interaction), _made(interaction)
    if not recent and not made.count:
        return ""
    return render_template("sign_in_own.html", address=address, recent=recent, made=made)


def _made(interaction: Interaction) -> Made:
    people, stage_id, day = current_provider().people, interaction.stage_id, _day(interaction)
    user_names = list(people.made.all(stage_id))
    listed = (people.find(each, stage_id) for each in reversed(user_names[-MOST_LISTED:]))
    new = request.args.get("made", "")
    return Made(
        cards=tuple(person_card(each, day) for each in listed if each),
        count=len(user_names),
        new=people.find(new, stage_id) if new in user_names else None,
    )
