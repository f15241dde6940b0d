"""An HTML page as a browser without scripts has it: elements, what they read, forms, what they load."""

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from conformance.target import Landmark

INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}
)
UNSEEN = frozenset({"head", "script", "style", "template", "title"})
TEXT = "-text"
LOADED = {
    "img[src]": ("src", "image"),
    "script[src]": ("src", "script"),
    "link[rel~=stylesheet][href], link[rel~=icon][href], link[rel~=preload][href]": ("href", "stylesheet"),
    "iframe[src]": ("src", "document"),
}


@dataclass(frozen=True, kw_only=True)
class Element:
    """An element of a page."""

    node: LexborNode

    @property
    def tag(self) -> str:
        """Its name, in lower case."""
        return self.node.tag or ""

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes; one without a value has an empty one."""
        return {name: value or "" for name, value in self.node.attributes.items()}

    @property
    def form(self) -> "Element":
        """The form it stands in, else the outermost element."""
        node = self.node
        while node.tag != "form" and node.parent is not None:
            node = node.parent
        return Element(node=node)

    @property
    def text(self) -> str:
        """What can be read, a line for each block."""
        lines = (" ".join(line.split()) for line in _flow(self.node).splitlines())
        return "\n".join(line for line in lines if line)

    def fill(self, value: str) -> None:
        """Type into it."""
        self.node.attrs["value"] = value


def _flow(node: LexborNode) -> str:
    if node.tag == TEXT:
        return (node.text_content or "").replace("\n", " ")
    if node.tag in UNSEEN or "hidden" in node.attributes:
        return ""
    inner = "".join(map(_flow, node.iter(include_text=True, skip_empty=False)))
    return inner if node.tag in INLINE else f"\n{inner}\n"


class Document:
    """A page that was read."""

    def __init__(self, html: str = "") -> None:
        """Read it."""
        self._parsed = LexborHTMLParser(html)

    @property
    def title(self) -> str:
        """Its title."""
        found = self._parsed.css_first("title")
        return " ".join(found.text().split()) if found else ""

    @property
    def text(self) -> str:
        """What can be read on it."""
        return Element(node=self._parsed.root).text if self._parsed.root else ""

    def select(self, selector: str) -> Element | None:
        """The first element that a CSS selector fits."""
        found = self._parsed.css_first(selector)
        return Element(node=found) if found else None

    def find(self, landmark: Landmark) -> Element | None:
        """The landmark's element."""
        assert landmark.role is landmark.text is None, "the plain browser knows landmarks by test_id and selector only"
        if landmark.selector is not None:
            return self.select(landmark.selector)
        return self.select(f'[data-testid="{landmark.test_id}"]')

    def loads(self) -> Iterator[tuple[str, str]]:
        """Addresses of what the page loads, each with its kind."""
        for selector, (name, kind) in LOADED.items():
            addresses = (node.attributes.get(name) for node in self._parsed.css(selector))
            yield from ((address, kind) for address in addresses if address)


def fields(form: Element, pressed: Element) -> dict[str, str]:
    """What a form sends when this button is pressed."""
    inputs = (Element(node=node).attributes for node in form.node.css("input[name]:not([type=submit])"))
    sent = {each["name"]: each.get("value", "") for each in inputs}
    own = pressed.attributes
    return sent | ({own["name"]: own.get("value", "")} if "name" in own else {})
