"""The trap of a stage: addresses that an application is led to and must not follow, and the bait that lies there.

It lies on another host than the issuer, where the machine has two names. Whoever comes is written into the journal, at
the endpoint `trap`; the check `trap-untouched` reads it there. What the bait holds is a stranger's: it verifies only
what that stranger signed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit, urlunsplit

from mock_idp.faults import strangers
from mock_idp.protocol.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOWHERE: Final = "https://trap.invalid"
"""The trap of those who have no stage."""
KEYS: Final = "keys"
CHAIN: Final = "chain"
METADATA: Final = "discovery"
OTHER_NAME: Final = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}


@lru_cache(8)
def trap_site(site: str) -> str:
    """Return the origin of all traps: another name of the machine that `site` is on, if it has one."""
    parts = urlsplit(site)
    name = OTHER_NAME.get(parts.hostname or "")
    return urlunsplit(parts._replace(netloc=parts.netloc.replace(str(parts.hostname), name))) if name else site


def trap_address(site: str, stage_id: str) -> str:
    """Return the address below which everything is the trap of a stage."""
    return trap_at(trap_site(site), stage_id)


def trap_at(origin: str, stage_id: str) -> str:
    """Return the same for an origin that leads there, whichever it is."""
    return f"{origin}/trap/{stage_id}"


def bait(name: str, metadata: Mapping[str, Any]) -> Answer:
    """Return what lies under a name: keys, a chain of certificates, these metadata, or an empty object."""
    if name == METADATA:
        return Answer(body=dict(metadata))
    lies = BAIT.get(name)
    return lies() if lies else Answer(body={})


def lured(metadata: Mapping[str, Any], trap: str) -> dict[str, Any]:
    """Return metadata that are right but for one address: whoever believes them brings code and secret to the trap."""
    return {**metadata, "token_endpoint": f"{trap}/token"}


def _keys() -> Answer:
    return Answer(body={"keys": [strangers.public(strangers.foreign())]})


def _chain() -> Answer:
    return Answer(body=strangers.certificate_pem(), content_type="application/pem-certificate-chain")


BAIT: Final[Mapping[str, Callable[[], Answer]]] = {KEYS: _keys, "jwks": _keys, CHAIN: _chain}
