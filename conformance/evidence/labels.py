"""What looks, searches and readings are called: journeys write these names, checks look for them."""

from typing import Final

PLANTED: Final = "planted-by-another-site"
"""What another site puts into the address at which a sign-in starts."""
SPOOFED: Final = "spoofed.example"
"""The name of another host, under which the application is asked for its sign-in page."""
BEFORE, NEARLY, OVER, AFTERWARDS = "before", "nearly three years later", "over three years later", "afterwards"
"""When a book of the application was read."""
OWN, OTHERS, REPORT = "what the pupil opens", "what another pupil opens", "where wrong data can be reported"
"""Pages that were searched."""
AFTER_REFRESH: Final = "access token over, time"
"""How the looks are called that follow on a refresh; a number is put behind."""
