"""Settings of a small Django project that signs pupils in."""

import os
import secrets

ISSUER = os.environ.get("ISSUER", "http://localhost:9100/op")  # ACM's has a path and no slash at its end

# The library reads no discovery document: every endpoint is told.
OIDC_OP_ISSUER = ISSUER  # read by acm.py, for the library does not check the issuer
OIDC_OP_AUTHORIZATION_ENDPOINT = f"{ISSUER}/v1/auth"
OIDC_OP_TOKEN_ENDPOINT = f"{ISSUER}/v1/token"
OIDC_OP_USER_ENDPOINT = f"{ISSUER}/v1/userinfo"
OIDC_OP_JWKS_ENDPOINT = f"{ISSUER}/v1/keys"
OIDC_OP_LOGOUT_ENDPOINT = f"{ISSUER}/v1/logout"
OIDC_OP_LOGOUT_URL_METHOD = "acm.sign_out_url"
OIDC_RP_CLIENT_ID = "mozilla-django-oidc"
OIDC_RP_CLIENT_SECRET = "testbed-secret-not-for-production"  # noqa: S105  the library knows no private_key_jwt
OIDC_RP_SIGN_ALGO = "RS256"  # HS256 is the library's default; ACM signs with keys that change by themselves
OIDC_RP_SCOPES = "openid profile ov_leerling"  # the default asks for `email`, which is no scope of ACM
OIDC_USE_PKCE = True
OIDC_CALLBACK_CLASS = "acm.Callback"
OIDC_AUTHENTICATION_CALLBACK_URL = "callback"
OIDC_TIMEOUT = 10
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/me"
LOGIN_REDIRECT_URL_FAILURE = "/refused"
LOGOUT_REDIRECT_URL = "/"

AUTHENTICATION_BACKENDS = ["acm.Pupils"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "mozilla_django_oidc",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "acm"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DATABASE", "build/clients/mozilla-django-oidc.sqlite3"),
    }
}
SESSION_COOKIE_NAME = "django_session"
SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = ["127.0.0.1"]
USE_TZ = True
