"""What the headers of every answer must say, whoever asked for what."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse

from factcheck.newsroom.sign_in_limits import BROWSER_COOKIE

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
NOT_TO_BE_KEPT = ("/admin/", "/accounts/", "/api/v1/")
COOKIES = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, BROWSER_COOKIE}


def faults(path: str, response: HttpResponse) -> Iterator[str]:
    """What is wrong with the headers of this answer, each with its address."""
    policy = response.get("Content-Security-Policy", "")
    if _is_framed(path, response):
        # Loosened in these two and in nothing else.
        policy = policy.replace("frame-ancestors *", "frame-ancestors 'none'")
        expected = EVERYWHERE | {"X-Frame-Options": None}
    else:
        expected = EVERYWHERE
    kind = response.get("Content-Type", "")
    wrong = {
        **{name: response.get(name) != value for name, value in expected.items()},
        "Content-Security-Policy": any(rule not in policy for rule in POLICY) or "unsafe" in policy,
        "Content-Type": not kind or (kind.startswith("text/") and "charset=" not in kind),
        "Cache-Control": _holds_work(path, response)
        and "no-store" not in response.get("Cache-Control", ""),
        "Access-Control-Allow-Origin": "Access-Control-Allow-Origin" in response,
        "Set-Cookie": not set(response.cookies) <= COOKIES,
    }
    return (f"{path}: {name}" for name, is_wrong in wrong.items() if is_wrong)


def _is_framed(path: str, response: HttpResponse) -> bool:
    """The page of a verdict that other sites show in a frame."""
    is_embed = path.startswith("/verdicts/") and path.endswith("/embed/")
    return is_embed and response.status_code != 404


def _holds_work(path: str, response: HttpResponse) -> bool:
    # The description of the API and the address that is not there hold no data.
    described = path in {"/api/v1/schema/", "/api/v1/docs/"}
    open_to_all = described or response.status_code == 404
    return path.startswith(NOT_TO_BE_KEPT) and not open_to_all
