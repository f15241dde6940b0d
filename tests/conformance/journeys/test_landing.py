"""Where a visitor came to rest: every outcome, and what must not be taken for it."""

import asyncio
from typing import Any

import pytest
from miniatures import APPLICATION, ME, PROVIDER, TARGET, MiniatureClock

from conformance.evidence import Outcome, Page
from conformance.journeys.landing import Landing, Lookout
from conformance.target import Landmark, Target

UNDECLARED = TARGET.model_copy(
    update={"landmarks": TARGET.landmarks.model_copy(update={"refused": None, "signed_out": None})}
)
TRACE = "Traceback (most recent call last):\n  File x"


class Scene:
    """A tab whose looks are told beforehand, one per look; the last one stays."""

    def __init__(self, *looks: dict[str, Any]) -> None:
        self.looks = list(looks)
        self.now: dict[str, Any] = {}
        self._next()

    def _next(self) -> None:
        if self.looks:
            plain = {"url": ME, "status": 200, "marks": (), "text": "", "busy": False, "trouble": None}
            self.now = plain | self.looks.pop(0)

    @property
    def trouble(self) -> str | None:
        return self.now["trouble"]  # type: ignore[no-any-return]

    @property
    def url(self) -> str:
        return self.now["url"]  # type: ignore[no-any-return]

    @property
    def status(self) -> int | None:
        return self.now["status"]  # type: ignore[no-any-return]

    async def shows(self, landmark: Landmark) -> bool:
        return landmark.test_id in self.now["marks"] or (
            landmark.status is not None and landmark.status == self.now["status"]
        )

    async def read(self, landmark: Landmark) -> str:
        return f"text of {landmark.test_id}"

    async def is_busy(self) -> bool:
        return bool(self.now["busy"])

    async def page(self) -> Page:
        return Page(url=self.url, status=self.status, text=self.now["text"])


class Watching(MiniatureClock):
    """Every pause brings the next look."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self.scene = scene

    async def pause(self, seconds: float) -> None:
        await super().pause(seconds)
        self.scene._next()


def rest(
    *looks: dict[str, Any], target: Target = TARGET, left_form: str | None = None, settles: bool | None = None
) -> Landing:
    scene = Scene(*looks)
    lookout = Lookout(scene, target, Watching(scene), PROVIDER, settles=settles)  # type: ignore[arg-type]  # only looks
    return asyncio.run(lookout.rest(left_form=left_form))


def left(*looks: dict[str, Any], target: Target = TARGET) -> Landing:
    scene = Scene(*looks)
    return asyncio.run(Lookout(scene, target, Watching(scene), PROVIDER).left())  # type: ignore[arg-type]  # only looks


def test_the_signed_in_landmark_is_signed_in() -> None:
    assert rest({"marks": ["signed-in"]}).outcome is Outcome.SIGNED_IN


def test_a_landmark_that_a_script_draws_later_is_waited_for() -> None:
    assert rest({}, {"busy": True}, {"marks": ["signed-in"]}).outcome is Outcome.SIGNED_IN


def test_a_friendly_refusal_with_status_200_is_a_refusal() -> None:
    landing = rest({"marks": ["refused"], "status": 200})
    assert (landing.outcome, landing.declared) == (Outcome.REFUSED, True)


def test_a_landmark_on_somebody_elses_page_is_none() -> None:
    assert rest({"url": "https://elsewhere.example/", "marks": ["signed-in", "refused"]}).outcome is Outcome.STALLED


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_error_is_a_crash_even_with_the_refusal_landmark(status: int) -> None:
    assert rest({"marks": ["refused"], "status": status}).outcome is Outcome.CRASHED


def test_a_status_that_the_target_declares_as_refusal_is_no_crash() -> None:
    landmarks = TARGET.landmarks.model_copy(update={"refused": Landmark(status=503)})
    target = TARGET.model_copy(update={"landmarks": landmarks})
    assert rest({"status": 503}, target=target).outcome is Outcome.REFUSED
    assert rest({"status": 500}, target=target).outcome is Outcome.CRASHED


@pytest.mark.parametrize(
    "text",
    [
        TRACE,
        "Error: boom\n    at Object.handle (/srv/app/index.js:10:5)",
        "java.lang.NullPointerException\n\tat be.school.Login.handle(Login.java:42)",
        "PHP Fatal error: Uncaught Exception",
    ],
)
def test_a_stack_trace_is_a_crash_whatever_the_status(text: str) -> None:
    assert rest({"marks": ["refused"], "text": text}).outcome is Outcome.CRASHED


@pytest.mark.parametrize("text", ["You were signed in at 10:30", "Meet us at the school (room 12:30)", ""])
def test_ordinary_words_are_no_stack_trace(text: str) -> None:
    assert rest({"marks": ["refused"], "text": text}).outcome is Outcome.REFUSED


def test_an_application_that_does_not_answer_has_crashed() -> None:
    landing = rest({"url": "chrome-error://chromewebdata/", "trouble": "net::ERR_CONNECTION_REFUSED"})
    assert landing.outcome is Outcome.CRASHED
    assert "ERR_CONNECTION_REFUSED" in landing.reason


def test_without_any_landmark_the_visitor_stalls() -> None:
    landing = rest({})
    assert landing.outcome is Outcome.STALLED
    assert ME in landing.reason


def test_without_a_declared_refusal_a_quiet_page_of_its_own_is_one() -> None:
    landing = rest({}, target=UNDECLARED)
    assert (landing.outcome, landing.declared) == (Outcome.REFUSED, False)


def test_a_page_that_is_still_loading_is_not_at_rest() -> None:
    busy = [{"busy": True}] * 60
    assert rest(*busy, {"marks": ["signed-in"]}, target=UNDECLARED).outcome is Outcome.SIGNED_IN


def test_the_providers_form_is_where_a_sign_in_waits() -> None:
    assert rest({"url": f"{PROVIDER}/op/sign-in/1", "marks": ["leerid-sign-in"]}).outcome is None


def test_the_form_that_was_just_sent_is_not_looked_at_again() -> None:
    form = f"{PROVIDER}/op/sign-in/1"
    landing = rest({"url": form, "marks": ["leerid-sign-in"]}, {"marks": ["signed-in"]}, left_form=form)
    assert landing.outcome is Outcome.SIGNED_IN


def test_being_sent_back_to_another_form_is_a_refusal() -> None:
    again = {"url": f"{PROVIDER}/op/sign-in/2", "marks": ["leerid-sign-in"]}
    assert rest(again, left_form=f"{PROVIDER}/op/sign-in/1").outcome is Outcome.REFUSED


def test_the_providers_own_error_page_is_told() -> None:
    landing = rest({"url": f"{PROVIDER}/op/v1/auth", "marks": ["provider-error"]})
    assert landing.outcome is Outcome.STALLED
    assert "text of provider-error" in landing.reason


def test_a_look_without_sign_in_takes_any_quiet_page_for_rest() -> None:
    assert rest({"url": f"{APPLICATION}/"}, settles=True).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("look", "target"),
    [
        ({"marks": ["signed-out"]}, TARGET),
        ({"url": f"{PROVIDER}/op/v1/logout", "marks": ["signed-out"]}, TARGET),
        ({"url": f"{APPLICATION}/"}, UNDECLARED),
    ],
)
def test_being_signed_out_is_seen(look: dict[str, Any], target: Target) -> None:
    assert left({"marks": ["signed-in"]}, look, target=target).outcome is None


def test_a_page_that_stays_signed_in_is_not_signed_out() -> None:
    assert left({"marks": ["signed-in"]}).outcome is Outcome.SIGNED_IN


def test_a_crash_at_sign_out_is_seen() -> None:
    assert left({"marks": ["signed-in"]}, {"status": 500}).outcome is Outcome.CRASHED
