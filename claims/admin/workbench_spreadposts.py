"""What the buttons of translations do."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from claims.admin.workbench_gateposts import answer
from claims.admin.workbench_translation import TranslationForm
from claims.models import Claim
from claims.translations import set_original
from factcheck.newsroom.screens import person


def save_translation(request: HttpRequest, claim: Claim) -> HttpResponse:
    form = TranslationForm(request.POST)

    def do() -> str:
        said: dict[str, Any] = form.cleaned_data
        chosen = form.claim(person(request))
        made = set_original(claim, by=person(request), original=chosen, language=said["language"], expected_version=said["version"])
        return f"This is a translation of “{chosen}” now. Whoever signed before signs again." if chosen else f"The language is {made.language}; it is no translation."

    return answer(request, claim, form, do)
