"""Rules about how a client proves who it is: its name, secret, keys and PKCE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from mock_idp.domain.claims import Certainty
from mock_idp.domain.clients import AuthMethod
from mock_idp.domain.dossier.remark import Remark, missing, odd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_idp.domain.clients import Client

SECRET_LENGTH: Final = 95
SHORTEST_SECRET: Final = 32
MODULUS_DIGITS: Final = 342
"""Length of a 2048-bit modulus in base64url without padding."""


def the_name_is_as_acm_gives_it(client: Client) -> Iterator[Remark]:
    """ACM hands out names of 36 characters."""
    try:
        UUID(client.client_id)
    except ValueError:
        yield odd(
            "client_id",
            "ACM hands out a UUID of 36 characters; this one is made up.",
            "Keep it for the mock, and take the real one from a setting of the application, not from its code.",
        )


def people_can_read_its_name(client: Client) -> Iterator[Remark]:
    """A dossier names the application."""
    if not client.client_name:
        yield odd("client_name", "The application has no name.", "Write it as pupils know it.", Certainty.INFERRED)


def a_secret_is_long(client: Client) -> Iterator[Remark]:
    """A short secret fits neither ACM nor anybody."""
    secret = client.client_secret
    if secret and len(secret) < SHORTEST_SECRET:
        yield odd(
            "client_secret",
            f"The secret has {len(secret)} characters; those of ACM were seen with {SECRET_LENGTH}.",
            "Try the application with a long one: fields of a database or a form may cut it.",
        )


def a_client_with_keys_has_no_secret(client: Client) -> Iterator[Remark]:
    """ACM has one method for each client, and gives no secret to one with keys."""
    if client.token_endpoint_auth_method == AuthMethod.PRIVATE_KEY_JWT and client.client_secret:
        yield odd("client_secret", "ACM issues no secret to a client with private_key_jwt.", "Leave it out.")
    if client.token_endpoint_auth_method != AuthMethod.PRIVATE_KEY_JWT and client.jwks:
        yield odd("jwks", f"With {client.token_endpoint_auth_method} nobody looks at keys.", "Leave them out.")


def keys_can_be_used(client: Client) -> Iterator[Remark]:
    """Keys that verify nothing at ACM."""
    keys = (client.jwks or {}).get("keys", [])
    if client.jwks is not None and not keys:
        yield missing("jwks", "There is no key in it.", "Put the public key of the application there.")
    kids = [key.get("kid") for key in keys]
    for place, key in enumerate(keys):
        yield from _of_key(f"jwks.keys[{place}]", key)
        if key.get("kid") and kids.index(key["kid"]) != place:
            yield missing(f"jwks.keys[{place}].kid", f"Two keys are called {key['kid']}.", "Name each once.")
        if not key.get("kid") and len(keys) > 1:
            yield odd(
                f"jwks.keys[{place}].kid",
                "One of several keys has no kid, so all are tried.",
                "Name it, and put the name into the header of assertions.",
                Certainty.SEEN,
            )


def a_public_client_is_meant_to_be_one(client: Client) -> Iterator[Remark]:
    """A client without any proof."""
    if client.token_endpoint_auth_method == AuthMethod.NONE:
        yield odd(
            "token_endpoint_auth_method",
            "The client proves nothing at the token endpoint; whether ACM takes such clients is not known.",
            "Let a server redeem the code, with a secret or a key. Without one, PKCE is demanded here.",
            Certainty.INFERRED,
        )


def codes_are_bound_to_the_sign_in(client: Client) -> Iterator[Remark]:
    """PKCE that is not demanded."""
    if not client.require_pkce and client.token_endpoint_auth_method != AuthMethod.NONE:
        yield odd(
            "require_pkce",
            "PKCE is not demanded, so an application that forgets it is not noticed.",
            "Send a challenge with S256, and set require_pkce = true.",
        )


def _of_key(key: str, jwk: dict[str, Any]) -> Iterator[Remark]:
    if jwk.get("kty") != "RSA":
        yield odd(
            f"{key}.kty",
            f"A key of the type {jwk.get('kty', '(none)')}: every client that works was seen to sign with RS256.",
            "Use an RSA key of 2048 bits or more.",
            Certainty.SEEN,
        )
    elif len(str(jwk.get("n", ""))) < MODULUS_DIGITS:
        yield missing(f"{key}.n", "An RSA key of fewer than 2048 bits.", "Make a new one of 2048 bits or more.")
    if jwk.get("alg", "RS256") != "RS256" or jwk.get("use", "sig") != "sig":
        yield odd(key, "The key is not said to be for signing with RS256.", "Write alg RS256, use sig.", Certainty.SEEN)
