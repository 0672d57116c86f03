"""Which language somebody is spoken to in.

All else is in English, whoever does it: the API, what is stored, what
commands and workers write.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from factcheck.newsroom.browser_copies import STAFF
from factcheck.newsroom.models import User


class LanguageMiddleware:
    """Staff screens in the language of their person, the lists for
    readers in that of the newsroom. A verdict page chooses that of its
    verdict itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        if request.path.startswith(STAFF):
            patch_vary_headers(response, ["Accept-Language"])
            response.headers.setdefault("Content-Language", language)
        return response


def language_of(request: HttpRequest) -> str:
    if request.path.startswith(STAFF):
        return _chosen_by(request) or _asked_for(request) or settings.SITE_LANGUAGE
    if request.path.startswith("/api/"):
        return settings.LANGUAGE_CODE
    return settings.SITE_LANGUAGE


def _chosen_by(request: HttpRequest) -> str:
    return known(request.user.language) if isinstance(request.user, User) else ""


def _asked_for(request: HttpRequest) -> str:
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return next(filter(None, (known(tag) for tag, _weight in wanted)), "")


def known(tag: str) -> str:
    """The one of our languages that a BCP-47 tag means, such as de for
    de-AT; empty for none.
    """
    first = tag.lower().replace("_", "-").split("-")[0]
    return first if first in dict(settings.LANGUAGES) else ""


def speaking_to(person: User) -> AbstractContextManager[None]:
    """For letters: written by a worker, read by this person."""
    return translation.override(known(person.language) or settings.SITE_LANGUAGE)


def of_text(tag: str) -> AbstractContextManager[None]:
    """For what stands around a text in this language, in English where
    we do not speak it.
    """
    return translation.override(known(tag) or settings.LANGUAGE_CODE)


def of_newsroom() -> AbstractContextManager[None]:
    return translation.override(settings.SITE_LANGUAGE)


def of_rows() -> AbstractContextManager[None]:
    """For words that are stored."""
    return translation.override(settings.LANGUAGE_CODE)
