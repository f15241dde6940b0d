"""Reading the application's books over HTTP."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from little_server import serve

from conformance.adapters.books import HttpBooks
from conformance.ports import BookShut


def asked(do: Callable[[HttpBooks], Coroutine[Any, Any, Any]]) -> Any:
    async def use() -> Any:
        async with HttpBooks() as books:
            return await do(books)

    return asyncio.run(use())


def test_a_book_is_a_list() -> None:
    with serve({"GET /store": [{"name": "Zoë"}, {}]}) as application:
        assert asked(lambda books: books.read(f"{application.url}/store")) == ({"name": "Zoë"}, {})


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((404, "", {}), "answered 404"),
        ((200, "<p>", {}), "answered no JSON"),
        ({"people": []}, "answered JSON that is no list"),
    ],
)
def test_what_is_no_list_is_told(answer: Any, why: str) -> None:
    with serve({"GET /store": answer}) as application, pytest.raises(BookShut, match=why):
        asked(lambda books: books.read(f"{application.url}/store"))


def test_a_purge_is_posted_and_may_crash() -> None:
    with serve({"POST /purge": {}, "POST /broken": (500, "", {}), "POST /shut": (403, "", {})}) as application:
        assert asked(lambda books: books.purge(f"{application.url}/purge")) is True
        assert asked(lambda books: books.purge(f"{application.url}/broken")) is False
        with pytest.raises(BookShut, match="answered 403"):
            asked(lambda books: books.purge(f"{application.url}/shut"))
        assert [each[:2] for each in application.asked] == [
            ("POST", "/purge"),
            ("POST", "/broken"),
            ("POST", "/shut"),
        ]


def test_an_application_that_is_gone_is_told() -> None:
    with pytest.raises(BookShut, match="could not be asked"):
        asked(lambda books: books.read("http://127.0.0.1:1/store"))
