"""What was said between application and provider, as the journal of the mock has it."""

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from conformance.evidence.values import Value


class IdToken(Value):
    """An ID token as the provider sent it: header and claims, without its signature."""

    header: dict[str, JsonValue] = Field(default={})
    claims: dict[str, JsonValue] = Field(default={})


class Exchange(BaseModel):
    """One request and its answer, from the mock's journal; secrets are hashes that can only be compared."""

    model_config = ConfigDict(frozen=True, extra="ignore")  # a newer mock may tell more

    number: int
    at: str
    stage: str
    endpoint: str
    issuer: str = "op"
    method: str = "GET"
    client_id: str | None = None
    request: dict[str, JsonValue] = Field(default={})
    status: int = 200
    response: dict[str, JsonValue] = Field(default={})
    fired: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    account: str | None = None
    id_token: IdToken | None = None

    def asked(self, name: str) -> str | None:
        """One request parameter as text, or None when it was not sent."""
        value = self.request.get(name)
        return None if value is None else str(value)


def is_refresh(exchange: Exchange) -> bool:
    """Whether a refresh token was sent, in place of a code."""
    return exchange.asked("grant_type") == "refresh_token"
