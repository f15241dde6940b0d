"""The datastore over HTTP: what `leerid-idp datastore serve` serves. Described by `openapi.json`."""

from mock_idp.web.datastore.app import create_datastore_app

__all__ = ["create_datastore_app"]
