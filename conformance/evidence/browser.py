"""What a browser saw, sent and kept."""

from pydantic import Field

from conformance.evidence.steps import Outcome
from conformance.evidence.values import Value


class Page(Value):
    """A page as the visitor saw it; `status` is that of the main document, `text` the start of what it reads."""

    url: str = ""
    status: int | None = None
    title: str = ""
    text: str = ""


class Cookie(Value):
    """A cookie in the visitor's browser."""

    name: str
    value: str
    domain: str
    path: str = "/"
    http_only: bool = False
    secure: bool = False
    same_site: str | None = None


class Request(Value):
    """A request that left the visitor's browser. `body`: what a script sent; never what a form did."""

    method: str = "GET"
    url: str
    kind: str = "document"
    referer: str = ""
    body: str = ""


class Document(Value):
    """What a site answered to a browser that asked for a page; redirects too, header names in small letters."""

    url: str
    status: int
    headers: dict[str, str] = Field(default={})


class Glance(Value):
    """A look at a page of the application without signing in, such as after sign-out or with an old cookie."""

    label: str
    page: Page = Page()
    signed_in: bool
    outcome: Outcome | None = Field(default=None, description="None: the page shows no landmark, which is fine here")
