"""The application's site, asked without a browser: does it consent to be judged?"""

from typing import Final

import httpx

from conformance.errors import Problem

CONSENT: Final = "/.well-known/leerid-testbed-consent"
PRODUCT: Final = "leerid-testbed"


async def refused_consent(origins: tuple[str, ...]) -> list[Problem]:
    """A problem for every site that is not on this machine and does not serve the consent file."""
    hint = f"let it serve {CONSENT} as text that contains {PRODUCT}; only judge what is yours"
    return [
        Problem(key="sign_in_url", message=f"{origin} is not on this machine and has not consented", hint=hint)
        for origin in origins
        if not await _consents(origin)
    ]


async def _consents(origin: str) -> bool:
    async with httpx.AsyncClient(timeout=10) as http:
        try:
            answer = await http.get(f"{origin}{CONSENT}")
        except httpx.HTTPError:
            return False
        return answer.is_success and PRODUCT in answer.text
