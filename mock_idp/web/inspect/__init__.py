"""The journal as a page: sign-ins as they come, what was said in each, and what ACM's rules say of it."""

from mock_idp.web.inspect import views  # imported so that its views register
from mock_idp.web.inspect.blueprint import blueprint

__all__ = ["blueprint", "views"]
