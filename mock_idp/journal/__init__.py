"""The journal: what was said on the wire, to be read by people and by the harness."""

from mock_idp.journal.book import Journal
from mock_idp.journal.entry import Entry
from mock_idp.journal.exchange import Endpoint, Exchange, TokenView
from mock_idp.journal.flows import Flow, flows

__all__ = ["Endpoint", "Entry", "Exchange", "Flow", "Journal", "TokenView", "flows"]
