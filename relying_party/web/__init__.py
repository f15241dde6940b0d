"""The pages. Views read the request, ask the floors below, and answer; no decision about a pupil is taken here."""

from relying_party.web.application import create_app

__all__ = ["create_app"]
