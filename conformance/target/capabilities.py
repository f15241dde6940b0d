"""What an application lets one see and do, and what it opens for tests."""

from pydantic import Field

from conformance.target.addresses import Door, Url, Value
from conformance.target.client import SecondIssuer
from conformance.target.looks import Landmark


class Capabilities(Value):
    """What the application lets one see and do; a scenario that needs something missing is skipped."""

    identity: Landmark | None = Field(default=None, description="where a stable local id of the person can be read")
    name: Landmark | None = Field(default=None, description="where the person's name can be read")
    sign_out: Landmark | None = Field(default=None, description="what to click to sign out")
    second_issuer: SecondIssuer | None = Field(
        default=None, description="people can sign in at a second provider as well"
    )
    log: bool = Field(default=False, description="what it prints, when the harness starts it, is its log")
    clock: Door | None = Field(
        default=None,
        description="an address on this machine that takes a posted `ahead_s` and puts the application's clock so many "
        "seconds ahead; 0 puts it right again",
    )
    restart: Door | None = Field(
        default=None,
        description="an address on this machine that takes a POST and lets the application begin anew: what it holds "
        "of its providers in memory is forgotten, as by a restart. It is asked before the process is restarted, and "
        "judges an application that the harness did not start on its discovery and keys",
    )
    session_s: int | None = Field(default=None, gt=0, description="the longest life of a session, in seconds")
    backchannel_logout: Url | None = Field(
        default=None, description="where it takes logout tokens (OpenID Connect Back-Channel Logout)"
    )
    initiate_login: Url | None = Field(
        default=None, description="where a third party can begin a sign-in, with `iss` (OpenID Connect Core 4)"
    )
    next_parameter: str | None = Field(
        default=None, description="parameter of sign_in_url that says where a visitor goes after the sign-in"
    )
    refresh: bool = Field(
        default=False,
        description="it asks for offline_access and, when a page of somebody who signed in is opened after the access "
        "token is over by its clock, refreshes; the harness registers it with access tokens of two minutes",
    )
    store: Door | None = Field(
        default=None,
        description="an address on this machine that answers with all that is kept of people: a JSON list, one object "
        "for each person, in whatever form",
    )
    privacy_log: Door | None = Field(
        default=None,
        description="an address on this machine that answers with the privacy log: a JSON list, one object for each "
        "entry, in whatever form",
    )
    pages: tuple[Url, ...] = Field(
        default=(),
        description="pages on which the data of one pupil are shown, to that pupil or to staff, as another pupil might "
        "open them; {identity} stands for the local id of whose data they are",
    )
    export: Url | None = Field(
        default=None, description="where a pupil who is signed in is shown or handed what is kept about them"
    )
    report: Url | None = Field(
        default=None, description="the page on which a pupil who is signed in can say that something is wrong in it"
    )
    purge: Door | None = Field(
        default=None,
        description="an address on this machine that takes a POST and deletes what is kept too long by the "
        "application's clock",
    )
    admission: bool = Field(default=False, description="it admits pupils by school and knows the testbed's schools")
