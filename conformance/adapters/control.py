"""The mock's control API over HTTP."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, Self

import httpx
from pydantic import ValidationError

from conformance.errors import InputError, Problem
from conformance.evidence import Exchange
from conformance.ports import About, Fault, KeyAction, Persona, Stage

ROOT: Final = "/control/v1"
PRODUCT: Final = "leerid-testbed"
GONE: Final = 404
UNAUTHORIZED: Final = 401
PATIENCE_S: Final = 30


class MockRefused(Exception):  # noqa: N818  says what happened
    """The mock answered a control call with an error; its own words are in the message."""


class HttpControl:
    """A client of control API v1. Use as an async context manager."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """Talk to the mock at `url`, with a control token when the mock wants one."""
        self.url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.AsyncClient(base_url=self.url, headers=headers, timeout=PATIENCE_S)

    async def __aenter__(self) -> Self:
        """Open the connection pool."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection pool."""
        await self._http.aclose()

    async def answers(self) -> bool:
        """Whether anything answers at the URL."""
        try:
            await self._http.get(ROOT)
        except httpx.TransportError:
            return False
        return True

    async def is_mock(self) -> bool:
        """Whether the mock answers at the URL, and lets us in."""
        try:
            await self.about()
        except InputError:
            return False
        return True

    async def about(self) -> About:
        """Say what the mock is.

        Raises:
            InputError: when nothing answers, or something else than the mock does.
        """
        hint = "start it with `leerid-idp serve`, or give the right place with --mock URL"
        try:
            answer = await self._http.get(ROOT)
        except httpx.HTTPError as error:
            what = f"no mock answers at {self.url} ({type(error).__name__})"
            raise InputError(Problem(key="mock.url", message=what, hint=hint)) from None
        if answer.status_code == UNAUTHORIZED:
            what = f"the mock at {self.url} wants a control token"
            raise InputError(Problem(key="mock.control_token_env", message=what, hint="name the variable that has it"))
        try:
            about = About.model_validate_json(answer.content)
        except ValidationError:
            what = f"what answers at {self.url} is not the mock (status {answer.status_code} at /control/v1)"
            raise InputError(Problem(key="mock.url", message=what, hint=hint)) from None
        if about.product != PRODUCT:
            raise InputError(Problem(key="mock.url", message=f"{about.product!r} at {self.url} is not the mock"))
        return about

    async def faults(self) -> Mapping[str, Fault]:
        """Everything the mock can do wrong or unusually, by id."""
        rows = (await self._call("GET", "/faults"))["faults"]
        return {fault.id: fault for fault in map(Fault.model_validate, rows)}

    async def personas(self) -> Mapping[str, Persona]:
        """Everybody who can sign in, by slug."""
        rows = (await self._call("GET", "/personas"))["personas"]
        return {persona.slug: persona for persona in map(Persona.model_validate, rows)}

    async def open_stage(self, situation: Mapping[str, Any]) -> Stage:
        """Open a stage with the members of the control API."""
        return Stage.model_validate(await self._call("POST", "/stages", json=dict(situation)))

    async def close_stage(self, stage_id: str) -> None:
        """Close a stage; one that is gone already is no problem."""
        await self._call("DELETE", f"/stages/{stage_id}", may_be_gone=True)

    async def journal(self, *, stage: str | None = None, since: int = 0) -> tuple[Exchange, ...]:
        """What happened, in order; on one stage or on all."""
        wanted = {"since": str(since)} | ({"stage": stage} if stage else {})
        return tuple(map(Exchange.model_validate, (await self._call("GET", "/journal", params=wanted))["exchanges"]))

    async def register(self, client: Mapping[str, Any], *, issuer: str | None = None) -> None:
        """Register the application, or change its registration; at a sibling, or at the main issuer."""
        body = {name: value for name, value in client.items() if name != "client_id"}
        where = {"issuer": issuer} if issuer else {}
        await self._call("PUT", f"/clients/{client['client_id']}", json=body, params=where)

    async def log_out(self, stage_id: str, about: Mapping[str, Any]) -> None:
        """Let the mock send a logout token to the application: `client_id`, `sub`, `sid`."""
        await self._call("POST", f"/stages/{stage_id}/backchannel-logout", json=dict(about))

    async def open_issuer(self, name: str) -> None:
        """Open a sibling of the main issuer, with keys and clients of its own; one that is there behaves anew."""
        await self._call("PUT", f"/issuers/{name}", json={})

    async def change_keys(self, action: KeyAction) -> None:
        """Let the issuer do something with its signing keys."""
        await self._call("POST", "/keys", json={"action": action})

    async def _call(self, method: str, path: str, *, may_be_gone: bool = False, **more: Any) -> Any:
        try:
            answer = await self._http.request(method, f"{ROOT}{path}", **more)
        except httpx.HTTPError as error:
            raise MockRefused(f"the mock did not answer {method} {path}: {type(error).__name__}") from None
        if answer.is_success:
            return answer.json() if answer.content else None
        if may_be_gone and answer.status_code == GONE:
            return None
        raise MockRefused(f"the mock refused {method} {path} with {answer.status_code}: {_words(answer)}")


def _words(answer: httpx.Response) -> str:
    """The mock's own explanation, all problems in one line."""
    try:
        body = answer.json()
        problems = [f"{row.get('key')}: {row.get('message')}" for row in body.get("problems") or ()]
        return "; ".join([str(body.get("message", "")), *problems])
    except (ValueError, AttributeError):
        return answer.text[:200]
