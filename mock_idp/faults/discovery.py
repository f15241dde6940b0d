"""Faults in the discovery document. They bend the whole issuer: the document is read without a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mock_idp.faults.bending import drop, put
from mock_idp.faults.material import ANOTHER_ISSUER, WITHOUT_TLS
from mock_idp.faults.registry import circumstance, fault
from mock_idp.faults.seam import Seam
from mock_idp.faults.trap import KEYS

if TYPE_CHECKING:
    from mock_idp.protocol.neighbour import Neighbour

Document = dict[str, Any]


@fault(Seam.DISCOVERY, requirements=["DIS-01"])
def issuer_other(document: Document) -> Document:
    """The discovery document names another issuer."""
    return put(document, issuer=ANOTHER_ISSUER)


@fault(Seam.DISCOVERY, requirements=["DIS-02"])
def issuer_trailing_slash(document: Document) -> Document:
    """The issuer in the discovery document has a trailing slash too many."""
    return put(document, issuer=f"{document['issuer']}/")


@fault(Seam.DISCOVERY, requirements=["DIS-09"])
def algorithms_with_none(document: Document) -> Document:
    """The discovery document offers unsigned ID tokens."""
    algorithms = [*document.get("id_token_signing_alg_values_supported", []), "none"]
    return put(document, id_token_signing_alg_values_supported=algorithms)


@fault(Seam.DISCOVERY, requirements=["AZR-09"])
def response_issuer_promised(document: Document) -> Document:
    """The discovery document promises an issuer in every authorization response, which none of them brings."""
    return put(document, authorization_response_iss_parameter_supported=True)


@fault(Seam.DISCOVERY, requirements=["DIS-03"])
def issuer_missing(document: Document) -> Document:
    """The discovery document does not say whose it is."""
    return drop(document, "issuer")


@fault(Seam.DISCOVERY, requirements=["DIS-03"])
def issuer_list(document: Document) -> Document:
    """The issuer in the discovery document is a list that has the right one in it."""
    return put(document, issuer=[document["issuer"]])


@fault(Seam.DISCOVERY, requirements=["DIS-05"])
def token_endpoint_missing(document: Document) -> Document:
    """The discovery document names no token endpoint."""
    return drop(document, "token_endpoint")


@fault(Seam.DISCOVERY, requirements=["DIS-07"])
def authorization_endpoint_without_tls(document: Document) -> Document:
    """The authorization endpoint in the discovery document is an http address beyond this machine."""
    return put(document, authorization_endpoint=WITHOUT_TLS)


@fault(Seam.DISCOVERY, requirements=["DIS-08"])
def jwks_uri_elsewhere(document: Document, trap: str) -> Document:
    """The address of the keys in the discovery document leads to another host, inside the network."""
    return put(document, jwks_uri=f"{trap}/{KEYS}")


@fault(Seam.DISCOVERY, requirements=["TOK-15"])
def token_endpoint_uncertified(document: Document, untrusted: str) -> Document:
    """The token endpoint in the discovery document shows a certificate that nobody vouches for."""
    return put(document, token_endpoint=f"{untrusted}/token")


@circumstance(Seam.DISCOVERY, requirements=["DIS-10"])
def proof_key_unannounced(document: Document) -> Document:
    """The discovery document no longer says that PKCE is understood."""
    return drop(document, "code_challenge_methods_supported")


@circumstance(Seam.DISCOVERY, requirements=["DIS-11"])
def endpoints_moved(document: Document) -> Document:
    """The token and keys endpoints in the discovery document have other paths than before."""
    moved = {name: document[name].replace("/v1/", "/v2/") for name in ("token_endpoint", "jwks_uri")}
    return put(document, **moved)


@circumstance(Seam.DISCOVERY, requirements=["DIS-12"])
def unknown_members(document: Document) -> Document:
    """The discovery document has members that nobody knows."""
    return put(document, testbed_unknown={"nested": [1, None, "two"]}, testbed_supported=True)


@fault(Seam.DISCOVERY, requirements=["DIS-04"])
def issuer_of_other(document: Document, neighbour: Neighbour) -> Document:
    """The discovery document names another issuer that the application knows."""
    return put(document, issuer=neighbour.identifier)


@fault(Seam.DISCOVERY, requirements=["DIS-06"])
def authorization_endpoint_of_other(document: Document, neighbour: Neighbour) -> Document:
    """The authorization endpoint in the discovery document is that of another issuer that the application knows."""
    return put(document, authorization_endpoint=neighbour.authorization_endpoint)
