"""What was found where secrets were looked for, and where a request under another name leads."""

from urllib.parse import parse_qsl, urlsplit

from conformance.checks.registry import check
from conformance.evidence import PLANTED, SPOOFED, Evidence, Finding, Knock
from conformance.target import origin

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
    """Whatever name the request was sent to, nobody is led to that name, and the redirect URI stays the same."""
    sent = {exchange.asked("redirect_uri") for visit in evidence.visits for exchange in visit.at("authorization")}
    if not sent:
        return Finding.untold("nobody was sent to the provider, so there is no redirect URI to compare with")
    for knock in evidence.knocks:
        told = _redirect_uri(knock)
        if told is not None and told not in sent:
            return Finding.broken(f"with another {knock.label} the redirect URI becomes {told}")
        if urlsplit(knock.location).hostname == SPOOFED:
            return Finding.broken(f"with another {knock.label} the visitor is led to {SPOOFED}")
    return _all_told(evidence)


def _redirect_uri(knock: Knock) -> str | None:
    return dict(parse_qsl(urlsplit(knock.location).query)).get("redirect_uri")


def _all_told(evidence: Evidence) -> Finding:
    """Kept when every name that was answered to was refused, or led to the provider."""
    provider = evidence.surroundings.provider_origin
    answered = [knock for knock in evidence.knocks if knock.status]
    telling = {
        knock.label
        for knock in answered
        if knock.is_refused or _redirect_uri(knock) or origin(knock.location) == provider
    }
    silent = [knock.label for knock in answered if knock.label not in telling]
    if silent:
        return Finding.untold(f"with another {silent[0]} the sign-in page led nowhere that tells the redirect URI")
    return Finding.kept() if answered else Finding.untold("nobody asked under another name")


@check()
def start_not_steered(evidence: Evidence) -> Finding:
    """Nothing that another site puts into the address of the sign-in page reaches the authorization request."""
    asked = [exchange for visit in evidence.visits for exchange in visit.at("authorization")]
    if not asked:
        return Finding.untold("the application made no request at the authorization endpoint")
    steered = sorted({name for each in asked for name, value in each.request.items() if value == PLANTED})
    return Finding.broken(f"{', '.join(steered)} came from another site") if steered else Finding.kept()
