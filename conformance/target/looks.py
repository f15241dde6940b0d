"""How an application looks: what a visitor sees when signed in, refused, signed out."""

from typing import Self

from pydantic import Field, model_validator

from conformance.target.addresses import Value


class Landmark(Value):
    """How a state of the application looks; every member that is given must hold."""

    role: str | None = Field(default=None, description="ARIA role, such as heading")
    name: str | None = Field(default=None, description="accessible name of the element with that role")
    text: str | None = Field(default=None, description="text that can be seen on the page")
    test_id: str | None = Field(default=None, description="value of data-testid")
    selector: str | None = Field(default=None, description="CSS selector, when nothing above can be used")
    url: str | None = Field(default=None, description="URL of the page; * stands for any text")
    status: int | None = Field(default=None, ge=100, le=599, description="HTTP status of the page")

    @model_validator(mode="after")
    def _something_is_given(self) -> Self:
        if not self.model_dump(exclude_none=True):
            raise ValueError("an empty landmark is everywhere: give test_id, role, text, selector, url or status")
        if self.name is not None and self.role is None:
            raise ValueError("name needs role")
        return self


class Landmarks(Value):
    """How the application looks when it has signed a person in, refused, signed out, and where a sign-in starts."""

    signed_in: Landmark
    refused: Landmark | None = Field(
        default=None, description="without it: came to rest on a page of its own, not signed in, status below 500"
    )
    signed_out: Landmark | None = None
    start: Landmark | None = Field(
        default=None, description="what to click at sign_in_url, when that page does not send the visitor on by itself"
    )
