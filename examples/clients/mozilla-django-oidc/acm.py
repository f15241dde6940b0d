"""What ACM wants otherwise than mozilla-django-oidc does, and the pages of the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.template import engines
from django.urls import path
from jwt import InvalidTokenError
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import OIDCAuthenticationCallbackView, OIDCAuthenticationRequestView, OIDCLogoutView
from requests import RequestException

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponseBase

HOME = '<h1 data-testid="signed-out">Not signed in</h1><a href="/login">Sign in</a>'
REFUSED = '<h1 data-testid="refused">The sign-in failed</h1><a href="/login">Try again</a>'
ME = """<h1 data-testid="signed-in">Welcome, <span data-testid="person-name">{{ name }}</span></h1>
<form method="post" action="/logout">{% csrf_token %}<button data-testid="sign-out">Sign out</button></form>"""


class Pupils(OIDCAuthenticationBackend):
    """Pupils are known by `sub`: the library looks for an e-mail address, and a pupil may have none."""

    def verify_token(self, token: str, **kwargs: Any) -> dict[str, Any]:
        """Return the claims of the ID token; the library checks neither `iss` nor `aud`, and misses no `exp`."""
        claims: dict[str, Any] = super().verify_token(token, **kwargs)
        audiences = claims["aud"] if isinstance(claims.get("aud"), list) else [claims.get("aud")]
        if claims.get("iss") != settings.OIDC_OP_ISSUER or self.OIDC_RP_CLIENT_ID not in audiences:
            raise SuspiciousOperation("The ID token was issued by or for somebody else.")
        if not {"exp", "iat"} <= claims.keys():
            raise SuspiciousOperation("The ID token does not say how long it holds.")
        return claims

    def get_userinfo(self, access_token: str, id_token: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Return what userinfo says, about the person of the ID token only: the library does not compare them."""
        told: dict[str, Any] = super().get_userinfo(access_token, id_token, payload)
        if told.get("sub") != payload.get("sub"):
            raise SuspiciousOperation("Userinfo is about somebody else.")
        return told

    def verify_claims(self, claims: dict[str, Any]) -> bool:
        """Return whether the claims name somebody."""
        return bool(claims.get("sub"))

    def filter_users_by_claims(self, claims: dict[str, Any]) -> QuerySet[User]:
        """Return the user of that `sub`, if there is one."""
        return self.UserModel.objects.filter(username=claims["sub"])

    def create_user(self, claims: dict[str, Any]) -> User:
        """Return a new user of that `sub`."""
        return self.update_user(self.UserModel.objects.create_user(claims["sub"]), claims)

    def update_user(self, user: User, claims: dict[str, Any]) -> User:
        """Keep the name; ACM sends no `name`, and somebody may have one name only."""
        user.first_name, user.last_name = claims.get("given_name", ""), claims.get("family_name", "")
        user.save()
        return user


class Callback(OIDCAuthenticationCallbackView):
    """The redirect URI."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Redeem the code; the library lets what goes wrong on the way end in a page of status 400 or 500."""
        try:
            return super().get(request)
        except (InvalidTokenError, RequestException, SuspiciousOperation, LookupError, ValueError):
            return self.login_failure()


def sign_out_url(request: HttpRequest) -> str:
    """Return where ACM ends its session; it wants client_id beside the address to return to."""
    back = request.build_absolute_uri(settings.LOGOUT_REDIRECT_URL)
    asked = urlencode({"client_id": settings.OIDC_RP_CLIENT_ID, "post_logout_redirect_uri": back})
    return f"{settings.OIDC_OP_LOGOUT_ENDPOINT}?{asked}"


def home(request: HttpRequest) -> HttpResponse:
    """Show that nobody is signed in."""
    del request
    return HttpResponse(HOME)


def refused(request: HttpRequest) -> HttpResponse:
    """Show that the sign-in failed."""
    del request
    return HttpResponse(REFUSED, status=403)


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Show who is signed in."""
    return HttpResponse(engines["django"].from_string(ME).render({"name": request.user.get_full_name()}, request))


urlpatterns = [
    path("", home),
    path("login", OIDCAuthenticationRequestView.as_view(), name="oidc_authentication_init"),
    path("callback", Callback.as_view(), name="callback"),
    path("me", me),
    path("refused", refused),
    path("logout", OIDCLogoutView.as_view(), name="oidc_logout"),
]
