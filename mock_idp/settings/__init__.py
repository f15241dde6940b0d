"""How the mock is set up (`Settings`), and how an issuer behaves where nobody has published it (`Policy`)."""

from mock_idp.settings.addresses import EVERYWHERE, is_loopback, is_uri
from mock_idp.settings.policy import LONGEST_S, Policy
from mock_idp.settings.settings import PRODUCT, VERSION, Settings

__all__ = ["EVERYWHERE", "LONGEST_S", "PRODUCT", "VERSION", "Policy", "Settings", "is_loopback", "is_uri"]
