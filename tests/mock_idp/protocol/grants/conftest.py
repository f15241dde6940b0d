"""An application, the API that it calls, and the API that this one calls in turn: each registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_application import REDIRECT_URI, Application

from mock_idp.domain.clients import Client
from mock_idp.settings import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from mock_idp.provider import Provider

CREDENTIALS = "client_credentials"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"


@pytest.fixture
def obey(provider: Provider) -> Callable[..., None]:
    """Set the policy."""

    def set_policy(**switches: Any) -> None:
        provider.main.conduct.policy = Policy(**switches)

    return set_policy


@pytest.fixture
def register(provider: Provider, browser: FlaskClient) -> Callable[..., Application]:
    """Register a client, and return it as an application."""

    def register(client_id: str, **members: Any) -> Application:
        provider.main.clients.put(Client(client_id=client_id, client_secret=f"secret of {client_id}", **members))
        return Application(browser=browser, client_id=client_id, client_secret=f"secret of {client_id}")

    return register


@pytest.fixture
def front(register: Callable[..., Application]) -> Application:
    """The application that pupils sign in to; it calls the API `results`."""
    scopes = ("openid", "profile", "ov_leerling", "offline_access")
    return register("front", redirect_uris=(REDIRECT_URI,), scopes=scopes, audiences=("results",))


@pytest.fixture
def results(register: Callable[..., Application]) -> Application:
    """An API; to answer, it asks another one, `archive`."""
    return register(
        "results",
        client_name="Results",
        grant_types=(CREDENTIALS, EXCHANGE),
        scopes=("openid", "profile", "vo_info", "archive_read"),
        audiences=("archive",),
        organisation_code="OVO002949",
        organisation_name="Digital Flanders",
    )


@pytest.fixture
def archive(register: Callable[..., Application]) -> Application:
    """An API that is called and calls nobody."""
    return register("archive", grant_types=(CREDENTIALS,), resources=("https://archive.example/api",))


@pytest.fixture
def stranger(register: Callable[..., Application]) -> Application:
    """A client that has nothing to do with the others."""
    return register("stranger", redirect_uris=(REDIRECT_URI,))
