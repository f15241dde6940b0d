"""A row claims no more than its source allows, and explains itself."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mock_idp.domain.fidelity import Row

ROW = {
    "id": "it-is-so",
    "behaviour": "It is so.",
    "source": "OIDC/keys",
    "certainty": "documented",
    "standing": "copied",
}
GUESS = {"certainty": "inferred", "standing": "guessed"}
SWITCH = {"switches": [{"kind": "policy", "name": "code_ttl_s"}]}


@pytest.mark.parametrize("changes", [{}, GUESS | SWITCH, GUESS | {"no_switch": "Why."}, SWITCH])
def test_a_row_that_explains_itself_is_taken(changes: dict[str, object]) -> None:
    assert Row.model_validate(ROW | changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "It is so"},
        {"behaviour": "It is so"},
        {"certainty": "certain"},
        {"certainty": "inferred"},
        {"standing": "guessed"} | SWITCH,
        {"standing": "left-out"},
        GUESS,
        GUESS | SWITCH | {"no_switch": "Why."},
    ],
)
def test_a_row_that_claims_too_much_or_explains_nothing_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Row.model_validate(ROW | changes)
