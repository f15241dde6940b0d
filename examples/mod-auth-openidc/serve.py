"""Serve Apache with mod_auth_openidc on http://127.0.0.1:9300, in the foreground, until it is stopped.

The variables ISSUER and PORT tell another mock and another port; with CLIENT_KEY, a PEM file, it authenticates by it.

python3 serve.py --install    install Apache and the module from Debian's packages, when they are missing (as root)
python3 serve.py              start it; its files stand in a temporary directory that the web server's user may read
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULE = Path("/usr/lib/apache2/modules/mod_auth_openidc.so")
PACKAGES = ["apache2", "libapache2-mod-auth-openidc"]
OTHERWISE = {"ISSUER": "http://localhost:9100/op", "PORT": "9300", "CLIENT_KEY": ""}


def _installed() -> bool:
    return MODULE.exists() and shutil.which("apache2") is not None


def install() -> None:
    """Install the packages; says what to do where that cannot be done."""
    if _installed():
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"mod_auth_openidc is missing. As root on Debian or Ubuntu: apt-get install {' '.join(PACKAGES)}")
    # The service of the package itself is not wanted: a policy that says no keeps it from starting.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]):
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            sys.exit(f"`{' '.join(command)}` failed:\n{result.stderr.strip()}")


def serve() -> None:
    """Replace this process by Apache; a SIGTERM then stops Apache itself."""
    if not _installed():
        sys.exit("mod_auth_openidc is missing: run this script with --install first, as root on Debian or Ubuntu.")
    settings = {name: os.environ.get(name, otherwise) for name, otherwise in OTHERWISE.items()}
    root = Path(tempfile.gettempdir()) / f"leerid-testbed-mod-auth-openidc-{settings['PORT']}"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(HERE, root)
    for path in [root, *root.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    os.environ.update(settings, FOREIGN_ROOT=str(root))
    command = ["apache2", "-f", str(root / "httpd.conf"), "-D", "FOREGROUND"]
    command += ["-D", "PrivateKeyJwt"] if settings["CLIENT_KEY"] else []
    os.execvp(command[0], command)  # noqa: S606  Debian's own path


if __name__ == "__main__":
    if sys.argv[1:] == ["--install"]:
        install()
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        serve()
