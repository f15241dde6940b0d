"""Which sign-ins are wanted: of one application, on one stage, or with something odd. The address can be shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from mock_idp.web.inspect.notes import odd_notes
from mock_idp.web.inspect.outcome import is_refused
from mock_idp.web.languages import chosen_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mock_idp.journal import Flow


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The filters of the page. `every_s`: after how long it loads again where no script runs."""

    client: str = ""
    stage: str = ""
    only_odd: bool = False
    every_s: int = 0

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> Wanted:
        """Return what an address asks for; what makes no sense is left out."""
        every = str(query.get("every", ""))
        return cls(
            client=str(query.get("client", "")),
            stage=str(query.get("stage", "")),
            only_odd=query.get("odd") == "1",
            every_s=int(every) if every in {"5", "10", "30"} else 0,
        )

    def admits(self, flow: Flow) -> bool:
        """Return whether a sign-in is wanted."""
        return (
            self.client in {"", flow.client_id or ""}
            and self.stage in {"", flow.first.stage}
            and (not self.only_odd or is_odd(flow))
        )

    def query(self, **changes: str) -> str:
        """Return the filters as a query, with the language that was chosen."""
        members = {
            "client": self.client,
            "stage": self.stage,
            "odd": "1" if self.only_odd else "",
            "every": str(self.every_s or ""),
            "lang": chosen_language() or "",
            **changes,
        }
        told = urlencode({name: value for name, value in members.items() if value})
        return f"?{told}" if told else ""


def is_odd(flow: Flow) -> bool:
    """Return whether there is something to mend, something fired, or something was refused."""
    return bool(odd_notes(flow) or flow.fired) or any(is_refused(each) for each in flow.exchanges)
