"""How a sign-in ends without a session: refused by a guard or rule, or by the provider itself."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """The steps of a sign-in, in their order."""

    DISCOVERY = "discovery"
    AUTHORIZATION_RESPONSE = "authorization-response"
    TOKEN_RESPONSE = "token-response"  # noqa: S105  the name of a step
    ID_TOKEN = "id-token"  # noqa: S105  the name of a step
    USERINFO = "userinfo"
    ADMISSION = "admission"
    REFRESH = "refresh"
    LOGOUT = "logout"


class Refused(Exception):  # noqa: N818  a refusal is an outcome, not an error
    """This sign-in is refused. `reason` names the guard or rule, `step` says how far the sign-in had come.

    `key` is what the pupil is recognised by, once that is known; for the privacy log.
    """

    def __init__(self, *, reason: str, step: Step, key: str = "") -> None:
        super().__init__(f"{reason} at {step}")
        self.key = key
        self.reason = reason
        self.step = step


class ProviderError(Exception):
    """The provider answered with an error, or with nothing usable. `code` is its error code or a word of ours."""

    def __init__(self, *, code: str, step: Step) -> None:
        super().__init__(f"{code} at {step}")
        self.code = code
        self.step = step


class PersonNeeded(Exception):  # noqa: N818  a step on the way, not an error
    """A silent sign-in was not possible: an ordinary one follows."""
