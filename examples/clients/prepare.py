"""Prepare what the applications of this folder need: a key for each that has one, the clients file, Node's packages.

python3 examples/clients/prepare.py [PLACE]    PLACE is build/clients unless told otherwise

A private key is made anew each time, readable by its owner only, and never leaves PLACE.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from joserfc.jwk import RSAKey

HERE = Path(__file__).resolve().parent
CLIENT = re.compile(r'client_id = "(?P<name>[^"]+)"(?P<between>[^\[]*?)jwks = "made by prepare.py"')


def main(place: Path) -> None:
    """Prepare everything in this folder."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "clients.toml").write_text(registrations(place), encoding="utf-8")
    _packages(place / "openid-client")
    print(f"{place}: keys, clients.toml and the packages of Node")


def registrations(place: Path) -> str:
    """Make the keys in this folder, and return the clients file with their public halves."""
    written = (HERE / "clients.toml").read_text(encoding="utf-8")
    return CLIENT.sub(lambda found: f"{found[0].rpartition('=')[0]}= {_public_key(place, found['name'])}", written)


def _public_key(place: Path, name: str) -> str:
    """Make a key pair, keep the private half as a file, and return the public half as TOML: ACM is handed only that."""
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"})
    file = place / f"{name}.pem"
    file.touch(mode=0o600)
    file.write_bytes(key.as_pem(private=True))
    Path(f"{file}.pub").write_bytes(key.as_pem(private=False))
    members = ", ".join(f"{member} = {json.dumps(value)}" for member, value in key.as_dict(private=False).items())
    return f"{{ keys = [{{ {members} }}] }}"


def _packages(place: Path) -> None:
    """Install what package-lock.json names beside a copy of the application: nothing is left in the source tree."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is missing. Install Node 20 or later; on Debian or Ubuntu: apt-get install nodejs npm")
    shutil.copytree(HERE / "openid-client", place, dirs_exist_ok=True)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    result = subprocess.run([npm, "ci", *quiet], cwd=place, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(f"`npm ci` failed in {place}:\n{result.stderr.strip()}")


if __name__ == "__main__":
    main(Path(*(sys.argv[1:] or ["build/clients"])))
