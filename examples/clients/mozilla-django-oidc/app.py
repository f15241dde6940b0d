"""A pupil signs in and out with mozilla-django-oidc: PKCE, state, nonce and client_secret_post.

python examples/clients/mozilla-django-oidc/app.py     makes its table of users and serves
"""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    execute_from_command_line([sys.argv[0], "migrate", "--verbosity=0"])
    port = os.environ.get("PORT", "9303")
    execute_from_command_line([sys.argv[0], "runserver", "--noreload", f"127.0.0.1:{port}"])
