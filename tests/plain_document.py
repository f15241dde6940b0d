"""An HTML page as a browser without scripts has it: elements, what they read, forms, what they load."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from conformance.target import Landmark

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}
)
UNSEEN = frozenset({"head", "script", "style", "template", "title"})
LOADED = {
    "img": ("src", "image"),
    "script": ("src", "script"),
    "link": ("href", "stylesheet"),
    "iframe": ("src", "document"),
}
LOADING_LINKS = frozenset({"stylesheet", "icon", "preload"})
COMPOUND = re.compile(r"""(?P<tag>[a-z0-9]+)?(?P<attributes>(?:\[[\w-]+="[^"]*"\])*)""")
ATTRIBUTE = re.compile(r"""\[([\w-]+)="([^"]*)"\]""")


@dataclass(eq=False)
class Element:
    """An element with what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    content: "list[Element | str]" = field(default_factory=list)

    def all(self) -> "Iterator[Element]":
        """It and everything in it, in order."""
        yield self
        for each in self.content:
            if isinstance(each, Element):
                yield from each.all()

    @property
    def form(self) -> "Element":
        """The form it stands in, else the document."""
        return self if self.tag == "form" or self.parent is None else self.parent.form

    @property
    def text(self) -> str:
        """What can be read, a line for each block."""
        lines = (" ".join(line.split()) for line in self._flow().splitlines())
        return "\n".join(line for line in lines if line)

    def _flow(self) -> str:
        if self.tag in UNSEEN or "hidden" in self.attributes:
            return ""
        inner = "".join(each._flow() if isinstance(each, Element) else each for each in self.content)
        return inner if self.tag in INLINE else f"\n{inner}\n"

    def fits(self, compound: str) -> bool:
        """Whether a CSS selector of a tag and attributes fits."""
        found = COMPOUND.fullmatch(compound)
        assert found, f"the plain browser cannot read the selector {compound!r}"
        wanted = ATTRIBUTE.findall(found["attributes"])
        return found["tag"] in {None, self.tag} and all(self.attributes.get(name) == value for name, value in wanted)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Element("document")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.content.append(element)
        if tag not in VOID:
            self.at = element

    def handle_endtag(self, tag: str) -> None:
        place: Element | None = self.at
        while place is not None and place.tag != tag:
            place = place.parent
        if place is not None and place.parent is not None:
            self.at = place.parent

    def handle_data(self, data: str) -> None:
        self.at.content.append(data.replace("\n", " "))


class Document:
    """A page that was read."""

    def __init__(self, html: str = "") -> None:
        """Read it."""
        reader = _Reader()
        reader.feed(html)
        reader.close()
        self.root = reader.root
        self.elements = tuple(self.root.all())

    @property
    def title(self) -> str:
        """Its title."""
        found = next((each for each in self.elements if each.tag == "title"), None)
        return " ".join("".join(str(part) for part in found.content).split()) if found else ""

    @property
    def text(self) -> str:
        """What can be read on it."""
        return self.root.text

    def select(self, selector: str) -> Element | None:
        """The first element that a selector of tags, attributes and descendants fits."""
        *above, last = selector.split()
        return next((each for each in self.elements if each.fits(last) and _stands_in(each, above)), None)

    def find(self, landmark: Landmark) -> Element | None:
        """The landmark's element."""
        assert landmark.role is landmark.text is None, "the plain browser knows landmarks by test_id and selector only"
        if landmark.selector is not None:
            return self.select(landmark.selector)
        return self.select(f'[data-testid="{landmark.test_id}"]')

    def loads(self) -> Iterator[tuple[str, str]]:
        """Addresses of what the page loads, each with its kind."""
        for each in self.elements:
            name, kind = LOADED.get(each.tag, ("", ""))
            is_loaded = each.tag != "link" or LOADING_LINKS & set(each.attributes.get("rel", "").split())
            if is_loaded and each.attributes.get(name):
                yield each.attributes[name], kind


def _stands_in(element: Element, above: list[str]) -> bool:
    place = element.parent
    wanted = list(above)
    while wanted and place is not None:
        if place.fits(wanted[-1]):
            wanted.pop()
        place = place.parent
    return not wanted


def fields(form: Element, pressed: Element) -> dict[str, str]:
    """What a form sends when this button is pressed."""
    inputs = (each for each in form.all() if each.tag == "input" and each.attributes.get("type") != "submit")
    sent = {each.attributes["name"]: each.attributes.get("value", "") for each in inputs if "name" in each.attributes}
    if "name" in pressed.attributes:
        sent[pressed.attributes["name"]] = pressed.attributes.get("value", "")
    return sent
