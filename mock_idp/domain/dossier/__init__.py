"""The dossier check: what is missing or odd in the registration of a client, before it is sent to ACM."""

from mock_idp.domain.dossier.finding import Finding, Weight
from mock_idp.domain.dossier.reading import findings

__all__ = ["Finding", "Weight", "findings"]
