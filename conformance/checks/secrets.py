"""What was found where secrets were looked for, and where a request under another name leads."""

from urllib.parse import parse_qsl, urlsplit

from conformance.checks.registry import check
from conformance.evidence import PLANTED, Evidence, Finding

LOG = "log"


def _searched(evidence: Evidence, *, log: bool, what: str = "secrets") -> Finding:
    made = [each for each in evidence.searches if (each.place == LOG) is log and each.what == what]
    searches = [each for each in made if each.searched]
    if not searches:
        return Finding.untold(f"there was no text to look for {what} in")
    hit = next((each for each in searches if each.found), None)
    return Finding.broken(f"{', '.join(hit.found)}: found in the {hit.place}") if hit else Finding.kept()


@check(needs=("log",))
def log_without_secrets(evidence: Evidence) -> Finding:
    """The log holds no code, no token, no password and no client secret."""
    return _searched(evidence, log=True)


@check(needs=("log",))
def log_without_people(evidence: Evidence) -> Finding:
    """The log holds no name, no birth date, no e-mail address, no pupil number and no national number."""
    return _searched(evidence, log=True, what="people")


@check()
def secret_on_the_server(evidence: Evidence) -> Finding:
    """The client secret stands in no page, no script, no address and no storage of the browser."""
    return _searched(evidence, log=False)


@check()
def redirect_uri_fixed(evidence: Evidence) -> Finding:
    """Whatever name the request was sent to, the redirect URI stays the same."""
    sent = {exchange.asked("redirect_uri") for visit in evidence.visits for exchange in visit.at("authorization")}
    if not evidence.knocks or not sent:
        return Finding.untold("nobody asked under another name")
    for knock in evidence.knocks:
        told = dict(parse_qsl(urlsplit(knock.location).query)).get("redirect_uri")
        if told is not None and told not in sent:
            return Finding.broken(f"with another {knock.label} the redirect URI becomes {told}")
    return Finding.kept()


@check()
def start_not_steered(evidence: Evidence) -> Finding:
    """Nothing that another site puts into the address of the sign-in page reaches the authorization request."""
    asked = [exchange for visit in evidence.visits for exchange in visit.at("authorization")]
    if not asked:
        return Finding.untold("the application made no request at the authorization endpoint")
    steered = sorted({name for each in asked for name, value in each.request.items() if value == PLANTED})
    return Finding.broken(f"{', '.join(steered)} came from another site") if steered else Finding.kept()
