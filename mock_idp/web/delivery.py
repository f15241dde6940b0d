"""Handing answers over: JSON, redirects, and forms that the browser posts to the application."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from flask import Response, g, render_template
from markupsafe import escape

from mock_idp.faults import Seam
from mock_idp.protocol.id_token import peeked
from mock_idp.protocol.response import ResponseMode
from mock_idp.web.current import current_issuer
from mock_idp.web.whole import Whole, as_uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mock_idp.journal import Entry
    from mock_idp.protocol.answer import Answer
    from mock_idp.protocol.response import RedirectAnswer
    from mock_idp.protocol.wire import WireRequest

SEE_OTHER: Final = 303
FOUND: Final = 302
PIECE_EVERY_S: Final = 0.25
"""Seconds between two pieces of an answer: no application gives one of them up for being late."""
WRITTEN: Final = json.JSONEncoder(ensure_ascii=False)


def sent(answer: Answer) -> Response:
    """Return the answer as a response."""
    text = answer.body if isinstance(answer.body, str) else WRITTEN.encode(answer.body)
    headers = (*answer.headers.items(), ("Content-Type", answer.content_type))
    return Whole(text, answer.status, headers)


def noted(answer: Answer) -> dict[str, Any]:
    """Return what the journal writes down of an answer."""
    if isinstance(answer.body, dict):
        return answer.body
    opened = peeked(answer.body, {})
    return {**opened.get("claims", {}), "content_type": answer.content_type, "length": len(answer.body)}


def handed_over(entry: Entry, answer: Answer) -> Response:
    """End an exchange with its answer, in the way in which its stage hands answers of this endpoint over."""
    delivery = current_issuer().delivery(entry.endpoint, answer, entry.stage_id)
    if delivery.delay_s:
        time.sleep(delivery.delay_s)
    entry.finish(delivery.answer.status, noted(delivery.answer))
    response = sent(delivery.answer)
    if delivery.lasts_s:
        return _in_pieces(response, delivery.lasts_s)
    return response if delivery.arrives == 1 else _broken_off(response, delivery.arrives)


def _broken_off(response: Response, arrives: float) -> Response:
    """Promise the whole length and send a part, as an iterator: of a list the server would count the length itself."""
    whole = response.get_data()
    response.headers["Content-Length"] = str(len(whole))
    return Response(iter((whole[: int(len(whole) * arrives)],)), response.status, response.headers)


def _in_pieces(response: Response, lasts_s: float) -> Response:
    """Send the body a piece at a time, the last one after `lasts_s` seconds; whoever hangs up ends it."""
    whole = response.get_data()
    response.headers["Content-Length"] = str(len(whole))
    size = max(1, ceil(len(whole) * PIECE_EVERY_S / lasts_s))

    def pieces() -> Iterator[bytes]:
        for begin in range(0, len(whole), size):
            if begin:
                time.sleep(PIECE_EVERY_S)
            yield whole[begin : begin + size]

    return Response(pieces(), response.status, response.headers)


def delivered(answer: RedirectAnswer, wire: WireRequest, *, client_id: str | None, method: str = "GET") -> Response:
    """Send the browser to the application with the answer: an exchange of its own in the journal."""
    issuer, stage_id = current_issuer(), wire.stage_id
    with issuer.exchange("authorization-response", method, stage_id, wire.flow) as entry:
        parameters = issuer.seams.bend(Seam.AUTHORIZATION_RESPONSE, dict(answer.parameters), stage_id=stage_id)
        mode = ResponseMode(issuer.seams.bend(Seam.RESPONSE_MODE, str(answer.mode), stage_id=stage_id))
        response = _carried(replace(answer, parameters=parameters, mode=mode), method)
        entry.client_id = client_id
        entry.request = {"redirect_uri": answer.redirect_uri, "response_mode": str(mode)}
        entry.finish(response.status_code, parameters)
    return response


def sent_to(address: str, status: int = FOUND) -> Response:
    """Return a redirect, with a link for whoever does not follow it."""
    uri = as_uri(address)
    told = escape(uri)
    return Whole(f'<!doctype html>\n<title>Go on</title>\n<a href="{told}">{told}</a>\n', status, (("Location", uri),))


def _carried(answer: RedirectAnswer, method: str) -> Response:
    if answer.mode == ResponseMode.FORM_POST:
        nonce = secrets.token_urlsafe(16)
        g.scripts = f"script-src 'nonce-{nonce}'"
        page = render_template(
            "form_post.html", redirect_uri=answer.redirect_uri, parameters=_pairs(answer), nonce=nonce
        )
        return Response(page)
    return sent_to(answer.location, SEE_OTHER if method == "POST" else FOUND)


def _pairs(answer: RedirectAnswer) -> list[tuple[str, str]]:
    """Return the fields of the form; a parameter that is repeated is one for each value."""
    listed = ((name, told if isinstance(told, list) else [told]) for name, told in answer.parameters.items())
    return [(name, each) for name, values in listed for each in values]
