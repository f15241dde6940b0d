"""Write docs/clients.md from what `python3 noxfile.py -s clients` observed and left in build/clients/facts/."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

FACTS = Path("build/clients/facts")
PAGE = Path("docs/clients.md")
HEAD = """# Real client libraries, met

Written by `python3 noxfile.py -s clients`: small applications, each on a library that is used in production, sign a
pupil in with the form of the mock in a real browser, show the name, sign out, sign in again, and once more after the
mock has rotated its keys. The table is what the mock's journal tells of it. The applications are meant to be copied;
they and their registration are in [`examples/clients/`](../examples/clients/), Apache's in
[`examples/mod-auth-openidc/`](../examples/mod-auth-openidc/).

To try one by hand: `python examples/clients/prepare.py` makes the keys,
`leerid-idp serve --clients build/clients/clients.toml` serves those registrations, and the first lines of each
application say how it is started.

"""
COLUMNS = (
    "library",
    "version",
    "client authentication",
    "assertion",
    "PKCE",
    "state, nonce",
    "userinfo",
    "parameters at sign-out",
    "the provider's keys",
    "keys rotated",
)
REMARKS_HEAD = """
Each asked for `openid profile ov_leerling`. Those that came in were known without the form until they signed out, came
back to their registered address, and had to sign in with the form again.

## What each had to be told
"""
REMARKS = {
    "openid-client": """
- Nothing about ACM: the issuer without a slash at its end, the issuer as audience and `client_id` at sign-out are what
  it does by itself. The key is imported for RS256, the only algorithm that ACM's clients are known to use.
- `enableNonRepudiationChecks`: without it the signature of an ID token from the token endpoint is not checked, and the
  keys are never fetched.
- With it, a key that it does not know is looked for at most once a minute. A sign-in within a minute after the last
  look is refused when the keys change at one stroke; a key that is published a minute before it is used does no harm.
""",
    "authlib": """
- The audience. Its `PrivateKeyJWT` names the token endpoint, which ACM refuses; a subclass of four lines names the
  issuer.
- The lifetime. It is one hour, and ACM takes ten minutes at most; the same subclass says one minute.
- Not by `PrivateKeyJWT(claims={...})`: it keeps its `jti` in that dictionary, so every assertion after the first
  repeats it, and a given `exp` stays where it was.
- Whom a token is for: without `claims_options`, a foreign audience passes when the authorized party is right.
- `client_id` at sign-out: `logout_redirect` sends it only when it is given. It adds a `state` by itself.
""",
    "mozilla-django-oidc": """
- A secret: it knows no `private_key_jwt`. The client is registered for `client_secret_post`;
  `OIDC_TOKEN_USE_BASIC_AUTH` makes it basic.
- Five endpoints, for it reads no discovery document; `OIDC_RP_SIGN_ALGO`, which is HS256 unless told; PKCE.
- Who people are: it knows them by their e-mail address and asks for the scope `email`. A pupil may have no address, so
  four methods of its backend are replaced to know people by `sub`.
- Whom a token is from and for: it checks neither `iss` nor `aud` of the ID token, and takes userinfo about anybody. Two
  more methods check that.
- How to sign out at ACM: `OIDC_OP_LOGOUT_URL_METHOD` builds the address.
- What to do when ACM refuses: an ID token that has expired or a token endpoint that answers with an error ends in a
  page of status 500, unless the callback view catches it.
""",
    "mod-auth-openidc": """
- `client_id` at sign-out: it sends only `id_token_hint` and the address to return to. Written into
  `OIDCProviderEndSessionEndpoint` as `?client_id=...`, it stays there.
- `OIDCPKCEMethod S256` and `OIDCIDTokenSignedResponseAlg RS256`.
""",
    "mod-auth-openidc-with-key": """
- To use a secret instead: version 2.4.12.3 of Debian 12 cannot sign in at ACM with `private_key_jwt`. The audience of
  its assertion is the token endpoint, no setting changes that, and the answer is `invalid_client`.
- `OIDCPublicKeyFiles` beside `OIDCPrivateKeyFiles`: without it, Apache's child process crashes while it makes the
  assertion.
""",
}
ROTATION = {
    "at once": "signs in at once",
    "after a minute": "refused at first, signs in a minute later",
    "no": "**refused**",
    None: "**does not come in at all**",
}
NOTE = "- What the journal of the mock says: {notes}\n"


def page() -> str:
    """Return the whole page; a library that was not met is an error."""
    missing = [name for name in REMARKS if not (FACTS / f"{name}.json").exists()]
    if missing:
        sys.exit(f"nothing was observed of {', '.join(missing)}: run `python3 noxfile.py -s clients` to its end first")
    met = [json.loads((FACTS / f"{name}.json").read_text(encoding="utf-8")) for name in REMARKS]
    table = _line(COLUMNS) + _line("---" for _ in COLUMNS) + "".join(map(_row, met))
    return HEAD + table + REMARKS_HEAD + "".join(map(_remarks, met))


def _row(met: dict[str, Any]) -> str:
    sent = met["sent"]
    cells = (
        met["title"],
        met["version"],
        f"`{met['auth_method']}`",
        _assertion(met["assertion"]),
        sent["code_challenge_method"] or "no",
        ", ".join(name for name in ("state", "nonce") if sent[name]) or "neither",
        "asked" if met["uses_userinfo"] else "not asked",
        ", ".join(f"`{name}`" for name in met["sign_out"] or ()),
        {True: "fetched at each sign-in", False: "kept", None: ""}[met["fetches_keys_each_time"]],
        ROTATION[met["rotation"]],
    )
    return _line(cells)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _assertion(sent: dict[str, Any] | None) -> str:
    if sent is None:
        return "none"
    kid = "with" if sent["kid"] else "without"
    return f"for the {' and the '.join(sent['audience'])}, {sent['lifetime_s']} s, {kid} `kid`"


def _remarks(met: dict[str, Any]) -> str:
    notes = NOTE.format(notes=" ".join(met["notes"])) if met["notes"] else ""
    return f"\n**{met['title']}**\n{REMARKS[met['name']]}{notes}"


def main() -> None:
    """Write the page to its place."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {len(REMARKS)} ways to sign in")


if __name__ == "__main__":
    main()
