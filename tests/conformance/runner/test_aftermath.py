"""One honest sign-in vouches for several scenarios."""

import asyncio

from conformance.runner.aftermath import Aftermath


class Times:
    """A clock that is set by hand, and an honest sign-in that answers as told."""

    def __init__(self, reason: str | None = None) -> None:
        self.seconds, self.reason, self.tries = 0.0, reason, 0

    def elapsed(self) -> float:
        return self.seconds

    async def still_works(self) -> str | None:
        self.tries += 1
        return self.reason


def test_those_who_wait_are_settled_together() -> None:
    times, settled = Times(), list[str | None]()
    aftermath = Aftermath(times.still_works, times.elapsed)
    for _ in range(3):
        aftermath.wait(settled.append)
    asyncio.run(aftermath.settle())
    assert (settled, times.tries, len(aftermath)) == ([None] * 3, 1, 0)


def test_when_it_does_not_work_all_are_told_why() -> None:
    times, settled = Times("refused"), list[str | None]()
    aftermath = Aftermath(times.still_works, times.elapsed)
    aftermath.wait(settled.append)
    aftermath.wait(settled.append)
    asyncio.run(aftermath.settle())
    assert all(reason and reason.startswith("refused; one of the 2") for reason in settled)


def test_nobody_signs_in_when_nobody_waits() -> None:
    times = Times()
    asyncio.run(Aftermath(times.still_works, times.elapsed).settle())
    assert times.tries == 0


def test_a_sign_in_vouches_only_for_those_who_had_ended_when_it_began() -> None:
    times, settled = Times(), list[str | None]()
    aftermath = Aftermath(times.still_works, times.elapsed)
    times.seconds = 1
    aftermath.wait(settled.append)
    times.seconds = 3
    aftermath.wait(settled.append)
    aftermath.vouch(began_at=2)
    assert (settled, len(aftermath)) == ([None], 1)
