"""Who may ask: this computer's browser with the session's cookie, and no page of another site."""

from __future__ import annotations

import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Sent with every answer. No inline script or style runs, whatever a document smuggled in.
HEADERS: Final = (
    (
        "content-security-policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)

#: For static files asked for under the hash of what they hold; nothing else is kept by the browser.
_KEPT: Final = "private, max-age=31536000, immutable"


class Session:
    """The secrets of one run: a token that opens it once, a cookie, and a token for writing."""

    def __init__(self, *, port: int) -> None:
        self.token: str | None = secrets.token_urlsafe(24)
        self.cookie_name = f"sourcebook-{port}"
        self.cookie = secrets.token_urlsafe(32)
        self.writing = secrets.token_urlsafe(32)
        self.hosts = frozenset((f"127.0.0.1:{port}", f"localhost:{port}"))

    def opens(self, token: str) -> bool:
        """Whether the token is the one that was printed; it opens once only."""
        right = self.token is not None and hmac.compare_digest(token.encode(), self.token.encode())
        if right:
            self.token = None
        return right

    def knows(self, headers: Headers) -> bool:
        """Whether the request bears the session's cookie."""
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(self.cookie_name)
        except CookieError:
            return False
        return held is not None and hmac.compare_digest(held.value.encode(), self.cookie.encode())


class Guard:
    """Checks host, origin and cookie before anything else, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, *, session: Session) -> None:
        self.app = app
        self.session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refusal(scope)
        answer = refused or self.app

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS:
                    headers[name] = value
                static = scope["path"].startswith("/static/")
                kept = _KEPT if scope["query_string"] else "no-cache"
                headers["cache-control"] = kept if static else "no-store"
            await send(message)

        await answer(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if host not in self.session.hosts:
            # Another name for this address: a page elsewhere that had its own name rebound to it.
            return PlainTextResponse("This address is not served here.\n", 421)
        if not _same_origin(headers, host, scope["method"]):
            return PlainTextResponse("A page of another site asked for this.\n", 403)
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if scope["method"] == "GET" and "token" in query and self.session.opens(query["token"][0]):
            return self._entry(scope["path"], query)
        if scope["path"].startswith("/static/") or self.session.knows(headers):
            return None
        return PlainTextResponse(
            "Open the address that `sourcebook serve` printed: it holds the key to this session, and"
            " works once. Stop the program and start it again for a new one.\n",
            403,
        )

    def _entry(self, path: str, query: dict[str, list[str]]) -> Response:
        kept = urlencode([(k, v) for k, values in query.items() if k != "token" for v in values])
        here = "/" + path.lstrip("/\\")
        answer = RedirectResponse(f"{here}?{kept}" if kept else here, 303)
        answer.set_cookie(self.session.cookie_name, self.session.cookie, httponly=True, samesite="strict")
        return answer


def _same_origin(headers: Headers, host: str, method: str) -> bool:
    """Reading needs no origin but takes no foreign one; writing needs one, and it must be ours.

    Cookies know no ports: what another program of this computer serves is of the same site, and a browser
    sends our cookie along. It says so, though, and elsewhere gets nothing but the opening of a page.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
    if origin is not None and origin != f"http://{host}":
        return False
    if method in ("GET", "HEAD"):
        return site in ("none", "same-origin") or headers.get("sec-fetch-dest") == "document"
    return origin is not None or site == "same-origin"
