"""What never enters the journal as it is: one table of secret names, and how each is masked.

A secret becomes `sha256:` and twelve hexadecimal digits of a salted hash: two equal secrets look equal, and nothing can
be recovered. The salt lives as long as the process and is written nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from mock_idp.journal.writable import is_shallow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Masks = Mapping[str, Callable[["Mask", Any], Any]]

SHORTEST_ECHO: Final = 6
"""Secrets at least this long are also masked where they are echoed inside another value."""
WRITTEN: Final = json.JSONEncoder(ensure_ascii=False)
"""Writes values as text in which each of their strings stands, escaped as `encode_basestring` does."""


class Mask:
    """Masks secrets with one salt."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def hashed(self, secret: Any) -> str:
        """Return the mask of a secret: equal for equal secrets."""
        text = secret if isinstance(secret, str) else json.dumps(secret, sort_keys=True, default=str)
        digest = hmac.new(self._salt, text.encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"sha256:{digest.hexdigest()[:12]}"

    def opened(self, assertion: Any) -> Any:
        """Return header and claims of a compact JWS, its signature masked; anything else masked as a whole."""
        if isinstance(assertion, dict):
            return {name: assertion[name] for name in ("header", "claims") if name in assertion}
        parts = assertion.split(".") if isinstance(assertion, str) else []
        try:
            header, claims = (json.loads(_decoded(part), parse_constant=_refuse) for part in parts[:2])
        except (ValueError, RecursionError):
            return self.hashed(assertion)
        if not is_shallow([header, claims]):
            return self.hashed(assertion)
        return {"header": header, "claims": claims, "signature": self.hashed(".".join(parts[2:]))}

    def masked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values JSON-able and without secrets under their names; for their echoes see `scrubbed`."""
        masked: dict[str, Any] = self._walk(values)
        return masked

    def scrubbed(self, value: Any, secrets: frozenset[str]) -> Any:
        """Return the value with every echo of a known secret masked. Mostly there is none: the whole text tells."""
        text = WRITTEN.encode(value) if secrets else ""
        echoed = [each for each in secrets if encode_basestring(each)[1:-1] in text]
        return self._scrubbed(value, echoed) if echoed else value

    def _scrubbed(self, value: Any, secrets: list[str]) -> Any:
        if isinstance(value, str):
            for secret in secrets:
                value = value.replace(secret, self.hashed(secret)) if secret in value else value
            return value
        if isinstance(value, dict):
            return {self._scrubbed(name, secrets): self._scrubbed(each, secrets) for name, each in value.items()}
        return [self._scrubbed(each, secrets) for each in value] if isinstance(value, list) else value

    def _walk(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._url(value)
        if isinstance(value, dict) or hasattr(value, "items"):
            return {str(name): self._member(str(name), each, value) for name, each in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self._walk(each) for each in value]
        return value if value is None or isinstance(value, (bool, int)) or _is_finite(value) else str(value)

    def _member(self, name: str, value: Any, siblings: Mapping[str, Any]) -> Any:
        mask = SECRETS.get(name.lower())
        if mask is None or value is None or (name == "code_challenge" and not _is_plain(siblings)):
            return self._walk(value)
        return mask(self, value)

    def _url(self, text: str) -> str:
        if "=" not in text or ("?" not in text and "#" not in text):
            return text
        try:
            parts = urlsplit(text)
        except ValueError:
            return text
        return urlunsplit(parts._replace(query=self._query(parts.query), fragment=self._query(parts.fragment)))

    def _query(self, query: str) -> str:
        pairs = parse_qsl(query, keep_blank_values=True)
        members = ((name, self._member(name, value, dict(pairs))) for name, value in pairs)
        masked = [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in members]
        return query if masked == pairs else urlencode(masked)


SECRETS: Final[Masks] = {
    "client_secret": Mask.hashed,
    "password": Mask.hashed,
    "code": Mask.hashed,
    "code_verifier": Mask.hashed,
    "code_challenge": Mask.hashed,  # only with the method plain, where it is the verifier
    "access_token": Mask.hashed,
    "refresh_token": Mask.hashed,
    "token": Mask.hashed,
    "subject_token": Mask.hashed,
    "actor_token": Mask.hashed,
    "jwt": Mask.opened,
    "id_token": Mask.hashed,
    "id_token_hint": Mask.hashed,
    "logout_token": Mask.hashed,
    "assertion": Mask.opened,
    "client_assertion": Mask.opened,
    "authorization": Mask.hashed,
    "proxy-authorization": Mask.hashed,
    "cookie": Mask.hashed,
    "set-cookie": Mask.hashed,
}
"""The one table of names whose values are secret, in lower case, with the way each is masked."""


def echoes(value: Any) -> frozenset[str]:
    """Return the secrets in these values that are long enough to be looked for elsewhere."""
    return frozenset(secret for secret in _secrets(value) if len(secret) >= SHORTEST_ECHO)


def _secrets(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            is_secret = str(name).lower() in SECRETS and str(name) != "code_challenge"
            yield from _words(each) if is_secret and isinstance(each, str) else _secrets(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _secrets(each)


def _words(secret: str) -> Iterator[str]:
    yield secret
    yield from secret.split(" ")[1:]  # the credentials behind Basic or Bearer


def _is_plain(siblings: Mapping[str, Any]) -> bool:
    return siblings.get("code_challenge_method") != "S256"


def _is_finite(value: Any) -> bool:
    return isinstance(value, float) and math.isfinite(value)


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON.")


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
