"""The record that all evidence is made of, and the texts in a JSON value."""

from pydantic import BaseModel, ConfigDict, JsonValue


def scalars(value: JsonValue) -> tuple[str, ...]:
    """Every text, number and truth value in a JSON value, however deep, as text; a number has no zeros in front."""
    if isinstance(value, dict):
        return tuple(text for each in value.values() for text in scalars(each))
    if isinstance(value, list):
        return tuple(text for each in value for text in scalars(each))
    return () if value is None else (str(value),)


class Value(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True, extra="forbid")
