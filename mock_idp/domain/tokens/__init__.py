"""What ACM's rules say of each member of a token, and whether a token keeps them. Nothing here signs or verifies."""

from mock_idp.domain.tokens.judging import Judged, Verdict, judged
from mock_idp.domain.tokens.moment import Moment
from mock_idp.domain.tokens.rules import Part, Rule, Token, token_rules

__all__ = ["Judged", "Moment", "Part", "Rule", "Token", "Verdict", "judged", "token_rules"]
