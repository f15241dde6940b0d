"""The pages and endpoints: views parse, ask the protocol, pass the seam, answer."""

from mock_idp.web.app import create_app

__all__ = ["create_app"]
