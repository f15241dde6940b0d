"""The issuers at which people can sign in: each with a sign-in of its own, told apart by its redirect URI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relying_party.signin.flow import Received, SignedIn, SignIn, utc_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from relying_party.accounts.people import People
    from relying_party.accounts.privacy_log import PrivacyLog
    from relying_party.accounts.sessions import Begun, Sessions
    from relying_party.settings import Settings
    from relying_party.signin.flow import Parameters
    from relying_party.signin.policy import Policy
    from relying_party.signin.schools import PartnerSchools


class Issuers:
    """Signs pupils in at any of the issuers that are configured, and at no other."""

    def __init__(  # noqa: PLR0913  the floors below, each by its name
        self,
        *,
        settings: Settings,
        policy: Policy,
        people: People,
        sessions: Sessions,
        schools: PartnerSchools,
        log: PrivacyLog,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._rules, self._sessions, self._clock = policy.rules, sessions, clock
        self._each = settings.each_issuer
        self._sign_ins: dict[str, SignIn] = {}
        for at_issuer in self._each:
            self._sign_ins[at_issuer.issuer] = SignIn(
                settings=at_issuer,
                policy=policy,
                people=people,
                sessions=sessions,
                schools=schools,
                log=log,
                redirect_uri=policy.rules.own_redirect_uri(at_issuer, self._each),
                peers=self._sign_ins,
                clock=clock,
            )

    @property
    def has_second(self) -> bool:
        """Whether there is a choice."""
        return len(self._each) > 1

    def number_of(self, named: str) -> int | None:
        """Return the number of the issuer that a third party names, where that is one to sign in at."""
        known = [each.issuer for each in self._each]
        chosen = self._rules.issuer_named(named, known)
        return None if chosen is None else known.index(chosen)

    def numbered(self, number: int) -> SignIn:
        """Return the sign-in at the first issuer (0) or the second.

        Raises:
            LookupError: when there is no such issuer.
        """
        return self._sign_ins[self._each[number].issuer]

    def of(self, issuer: str) -> SignIn:
        """Return the sign-in at an issuer; at the first one when it is unknown."""
        return self._sign_ins.get(issuer) or self.numbered(0)

    def finish(self, number: int, session_token: str, parameters: Parameters) -> SignedIn:
        """Finish the sign-in that a response answers, which came to the redirect URI of the issuer of that number.

        Raises:
            LookupError: when there is no such issuer.
            Refused: with the guard or rule that said no, and the step.
        """
        told = next(iter(parameters.get("state", ())), "")
        begun = self._rules.answered_sign_in(self._sessions, session_token, told, self._clock())
        received = Received(parameters=parameters, came_to=self._each[number].redirect_uri, begun=begun)
        return self._asked(number, session_token, begun).finish(session_token, received)

    def _asked(self, number: int, session_token: str, begun: Begun | None) -> SignIn:
        if begun is None:
            return self.numbered(number)
        return self.of(self._rules.issuer_asked(begun, self._sessions, session_token, self._clock()))
