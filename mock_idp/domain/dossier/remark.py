"""What a rule says of a client, before it is known of which."""

from __future__ import annotations

from dataclasses import dataclass

from mock_idp.domain.claims import Certainty
from mock_idp.domain.dossier.finding import Finding, Weight


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A finding without its client."""

    key: str
    weight: Weight
    sentence: str
    hint: str
    certainty: Certainty

    def about(self, client_id: str) -> Finding:
        """Return the remark as one about this client."""
        return Finding(client_id=client_id, **vars(self))


def missing(key: str, sentence: str, hint: str, certainty: Certainty = Certainty.DOCUMENTED) -> Remark:
    """Return a remark about what cannot work, or leaves pupils unprotected."""
    return Remark(key=key, weight=Weight.MISSING, sentence=sentence, hint=hint, certainty=certainty)


def odd(key: str, sentence: str, hint: str, certainty: Certainty = Certainty.DOCUMENTED) -> Remark:
    """Return a remark about what may be meant so."""
    return Remark(key=key, weight=Weight.ODD, sentence=sentence, hint=hint, certainty=certainty)
