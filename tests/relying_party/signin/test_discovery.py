"""Where endpoints may be that the application asks itself."""

import pytest

from relying_party.signin.evidence import Evidence
from relying_party.signin.guards.discovery import endpoints_at_home

ISSUER = "https://login.example/op"


@pytest.mark.parametrize(
    ("address", "is_at_home"),
    [
        ("https://login.example/op/token", True),
        ("https://login.example:8443/op/token", True),
        ("https://LOGIN.example/op/token", True),
        ("https://login.example.evil.invalid/op/token", False),
        ("https://login.example@evil.invalid/op/token", False),
        ("https://169.254.169.254/op/token", False),
    ],
)
def test_endpoints_are_asked_on_the_host_of_the_issuer_whatever_the_port(address: str, is_at_home: bool) -> None:  # noqa: FBT001  a table
    evidence = Evidence(issuer=ISSUER, client_id="me", now=0, metadata={"token_endpoint": address})
    assert endpoints_at_home(evidence) is is_at_home
