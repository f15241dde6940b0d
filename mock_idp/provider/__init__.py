"""The provider: domain, state, protocol, faults and journal composed into one issuer."""

from mock_idp.provider.composition import Provider

__all__ = ["Provider"]
