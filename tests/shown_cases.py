"""What pages about a pupil show, sound and otherwise: rows for the table of checks."""

from typing import Any

from conformance.evidence import OTHERS, OWN, REPORT, Evidence

Row = tuple[str, bool | None, Evidence]


def visit(outcome: str = "signed-in") -> dict[str, Any]:
    return {"persona": "secondary-pupil", "stage": "one", "expected": "signed-in", "outcome": outcome}


def searched(place: str, *found: str, searched: int = 100) -> dict[str, Any]:
    return {"place": place, "searched": searched, "found": found}


def seen(*parts: dict[str, Any]) -> Evidence:
    """Visits and searches, in any order; where the page for reports was searched, it was looked at."""
    visits = [part for part in parts if "persona" in part]
    searches = [part for part in parts if "place" in part]
    glances = [{"label": REPORT, "signed_in": True} for part in searches if part["place"] == REPORT]
    return Evidence.model_validate({"visits": visits, "searches": searches, "glances": glances})


BOTH = visit(), visit(), searched(OWN), searched(OWN, "sub")
WAY = searched(REPORT, "a way to report")
UNLOOKED = Evidence.model_validate({"visits": [visit()], "searches": [WAY]})

ROWS: list[Row] = [
    ("nothing-of-others-shown", True, seen(*BOTH, searched(OTHERS), searched(OTHERS))),
    ("nothing-of-others-shown", True, seen(*BOTH, searched(OTHERS), searched("log", "family_name"))),
    ("nothing-of-others-shown", False, seen(*BOTH, searched(OTHERS), searched(OTHERS, "family_name"))),
    ("nothing-of-others-shown", False, seen(*BOTH, searched(OTHERS, "sub"), searched(OTHERS))),
    ("nothing-of-others-shown", None, seen(*BOTH)),
    ("nothing-of-others-shown", None, seen(*BOTH, searched(OTHERS, searched=0))),
    ("nothing-of-others-shown", None, seen(visit(), visit("refused"), searched(OWN, "sub"), searched(OTHERS, "sub"))),
    ("nothing-of-others-shown", None, seen(*BOTH, searched("log", "sub"))),
    ("nothing-of-others-shown", None, seen(visit(), visit(), searched(OWN), searched(OTHERS))),
    ("nothing-of-others-shown", None, seen(visit(), visit(), searched(OTHERS, "sub"))),
    ("report-offered", True, seen(visit(), WAY)),
    ("report-offered", False, seen(visit(), searched(REPORT))),
    ("report-offered", False, seen(visit(), searched(REPORT), searched(OTHERS, "a way to report"))),
    ("report-offered", None, seen(visit(), searched(REPORT, "a way to report", searched=0))),
    ("report-offered", None, seen(visit("refused"), WAY)),
    ("report-offered", None, seen(WAY)),
    ("report-offered", None, seen(visit())),
    ("report-offered", None, UNLOOKED),
]
