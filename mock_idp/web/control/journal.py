"""The journal, of one stage or of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mock_idp.web.control.blueprint import blueprint
from mock_idp.web.control.models import Exchanges, JournalQuery
from mock_idp.web.control.wire import answer, sent_query
from mock_idp.web.current import current_provider

if TYPE_CHECKING:
    from flask import Response


@blueprint.get("/journal")
def read_journal() -> Response:
    """Read what was said; stages that are closed stay readable here."""
    query = sent_query(JournalQuery)
    return answer(Exchanges(exchanges=current_provider().journal.exchanges(stage=query.stage, since=int(query.since))))
