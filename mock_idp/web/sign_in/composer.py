"""The page on which somebody makes a pupil of their own, kept on the stage of the interaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Response, render_template, request

from mock_idp.domain.discimus import schools
from mock_idp.domain.problems import ProblemsError
from mock_idp.web.current import address_of, current_provider
from mock_idp.web.delivery import SEE_OTHER, sent_to
from mock_idp.web.languages import chosen_language
from mock_idp.web.sign_in.blueprint import blueprint, exchange, of_interaction
from mock_idp.web.sign_in.composing import ACCOUNTS, NUMBERS, SEXES, Wish, defaults, problems_of, row_of
from mock_idp.web.sign_in.outcome import admitted
from mock_idp.web.sign_in.settling import settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.domain.people.person import Person
    from mock_idp.journal import Entry
    from mock_idp.provider.sign_in import Interaction

SIGN_IN_AT_ONCE: Final = "sign-in"


@blueprint.get("/sign-in/<interaction_id>/new")
@of_interaction
def compose(interaction: Interaction) -> Response:
    """Show the empty form."""
    with exchange(interaction) as entry:
        entry.finish(200, {"shown": "composer"})
    return _form(interaction, defaults(_wish(interaction).day), {})


@blueprint.post("/sign-in/<interaction_id>/new")
@of_interaction
def make(interaction: Interaction) -> Response:
    """Make the pupil, or show the form again with what was typed and everything that is wrong with it."""
    with exchange(interaction) as entry:
        wish = _wish(interaction)
        problems = problems_of(wish)
        if not problems:
            try:
                person = current_provider().people.making.make(interaction.stage_id, row_of(wish))
            except ProblemsError as error:
                problems = {each.key: f"{each.message} {each.hint}".strip() for each in error.problems}
            else:
                return _made(interaction, person, entry)
        entry.finish(200, {"error": " ".join(problems.values())})
        return _form(interaction, wish.typed, problems)


def _made(interaction: Interaction, person: Person, entry: Entry) -> Response:
    """Go on with the pupil who was made: sign them in at once, or go back to the page that lists them."""
    if request.form.get("action") != SIGN_IN_AT_ONCE:
        entry.finish(SEE_OTHER, {"made": person.user_name})
        back = address_of("sign_in.show", interaction_id=interaction.id, made=person.user_name, lang=chosen_language())
        return sent_to(back, SEE_OTHER)
    return settled(interaction, admitted(person, interaction), entry)


def _wish(interaction: Interaction) -> Wish:
    provider = current_provider()
    return Wish(
        typed=request.form,
        day=provider.calendar(provider.stages.get(interaction.stage_id)),
        schools=provider.people.schools,
        groups=provider.people.groups,
    )


def _form(interaction: Interaction, typed: Mapping[str, str], problems: Mapping[str, str]) -> Response:
    groups = current_provider().people.groups.values()
    text = render_template(
        "sign_in_new.html",
        address=address_of("sign_in.make", interaction_id=interaction.id, lang=chosen_language()),
        back=address_of("sign_in.show", interaction_id=interaction.id, lang=chosen_language()),
        typed=typed,
        problems=problems,
        schools={each.number: f"{each.number} {each.name}" for each in schools().values()},
        groups={each.code: each.name for each in sorted(groups, key=lambda each: each.code)},
        numbers=NUMBERS,
        sexes=SEXES,
        accounts=ACCOUNTS,
    )
    return Response(text)
