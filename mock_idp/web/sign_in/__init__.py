"""The sign-in page: by user name and password, by picking or searching anybody, by making a pupil, or not at all."""

from mock_idp.web.sign_in import composer, identity, views
from mock_idp.web.sign_in.blueprint import blueprint

__all__ = ["blueprint", "composer", "identity", "views"]
