"""Making the application known at the mock: at the main issuer, and at the second one where it has one."""

import os

from conformance.ports import Control
from conformance.target import Target


async def register(target: Target, control: Control) -> None:
    """Register the application everywhere it goes; the second issuer is opened first."""
    if target.client is not None:
        await control.register(target.registration(os.environ))
    if second := target.capabilities.second_issuer:
        await control.open_issuer(second.name)
        await control.register(target.second_registration(second, os.environ), issuer=second.name)
