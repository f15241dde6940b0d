"""A pupil signs in and out with Authlib's own client for Flask: PKCE, state, nonce and private_key_jwt.

python examples/clients/authlib/app.py      after examples/clients/prepare.py
"""

from __future__ import annotations

import os
import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from authlib.integrations.flask_client import OAuth, OAuthError
from authlib.oauth2.rfc7523 import PrivateKeyJWT, private_key_jwt_sign
from flask import Flask, redirect, render_template_string, session
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PORT = int(os.environ.get("PORT", "9302"))
HERE = f"http://127.0.0.1:{PORT}"
ISSUER = os.environ.get("ISSUER", "http://localhost:9100/op")  # ACM's has a path and no slash at its end
OURS = {"iss": {"essential": True, "value": ISSUER}, "aud": {"essential": True, "value": "authlib"}}
KEY = RSAKey.import_key(Path(os.environ.get("CLIENT_KEY", "build/clients/authlib.pem")).read_bytes())

HOME = '<h1 data-testid="signed-out">Not signed in</h1><a href="/login">Sign in</a>'
REFUSED = '<h1 data-testid="refused">The sign-in failed</h1><a href="/login">Try again</a>'
ME = """<h1 data-testid="signed-in">Welcome, <span data-testid="person-name">{{ name }}</span></h1>
<form method="post" action="/logout"><button data-testid="sign-out">Sign out</button></form>"""


class AcmAssertion(PrivateKeyJWT):
    """Authlib's assertion as ACM wants it: for the issuer, not the token endpoint; ten minutes at most, not an hour."""

    def sign(self, auth: Any, token_endpoint: str) -> str:
        """Return a fresh assertion; `claims` must be fresh as well, for Authlib leaves its `jti` in it."""
        del token_endpoint
        soon = {"exp": int(time.time()) + 60}
        assertion: str = private_key_jwt_sign(KEY, client_id=auth.client_id, token_endpoint=ISSUER, claims=soon)
        return assertion  # without `kid`: ACM tries the keys of the dossier


app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
app.config.update(SESSION_COOKIE_NAME="authlib_session", SESSION_COOKIE_SAMESITE="Lax")
acm = OAuth(app).register(
    "acm",
    client_id="authlib",
    server_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
    client_auth_methods=[AcmAssertion()],
    client_kwargs={
        "scope": "openid profile ov_leerling",
        "token_endpoint_auth_method": AcmAssertion.name,
        "code_challenge_method": "S256",
    },
)


@app.get("/")
def home() -> str:
    """Show that nobody is signed in."""
    return HOME


@app.get("/login")
def login() -> ResponseReturnValue:
    """Send the pupil to ACM."""
    return acm.authorize_redirect(f"{HERE}/callback")


@app.get("/callback")
def callback() -> ResponseReturnValue:
    """Redeem the code, and keep who came."""
    try:
        claims = acm.authorize_access_token(claims_options=OURS)["userinfo"]  # the claims of the ID token
    except (OAuthError, JoseError, LookupError, ValueError) as problem:  # LookupError: there was no ID token
        app.logger.warning("refused: %s", problem)
        return REFUSED, 403
    # There is no `name`; somebody may have one name only, and no e-mail address.
    names = [claims[part] for part in ("given_name", "family_name") if claims.get(part)]
    session["person"] = {"sub": claims["sub"], "name": " ".join(names)}
    return redirect("/me")


@app.get("/me")
def me() -> ResponseReturnValue:
    """Show who is signed in."""
    return render_template_string(ME, **session["person"]) if "person" in session else redirect("/login")


@app.post("/logout")
def logout() -> ResponseReturnValue:
    """Sign out here and at ACM, which wants client_id beside the address to return to; Authlib adds a `state`."""
    session.clear()
    return acm.logout_redirect(f"{HERE}/", client_id=acm.client_id)


if __name__ == "__main__":
    app.run(port=PORT)
