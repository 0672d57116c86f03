"""Choosing words of an article: by the bar under its text, or from a
list of its sentences, which needs neither a mouse nor a script.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.triage.decision_form import CLAIMANT_NAME, CLAIMANT_NAMES, claimant_kind
from claims.intake import spans, triage
from claims.intake.spans import Span
from claims.intake.triage import ClaimDetails
from claims.models import Suggestion
from claims.workflow import WorkflowError
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from factcheck.newsroom.widgets import ListInput
from sources.choices import ClaimantKind
from sources.claimants import claimant_labelled, claimant_names
from sources.models import Article, ArticleVersion


class Outcome(TextChoices):
    CLAIM = "claim", gettext_lazy("Make claim")
    SUGGESTION = "suggestion", gettext_lazy("Add as suggestion")
    SPAN = "span", gettext_lazy("Change the suggestion")


class SpanForm(forms.Form):
    """The words and what becomes of them. The list of sentences sends
    `sentence` as often as one is marked, a script the span itself.
    """

    version = forms.IntegerField(min_value=1)
    start = forms.IntegerField(required=False, min_value=0)
    end = forms.IntegerField(required=False, min_value=1)
    # Not stripped: the words are compared with the text to the last space.
    text = forms.CharField(required=False, strip=False, max_length=spans.LONGEST * 2)
    outcome = forms.ChoiceField(choices=Outcome.choices)
    suggestion = forms.IntegerField(required=False, min_value=1)
    claimant = forms.CharField(
        label=gettext_lazy("Claimant"),
        required=False,
        max_length=CLAIMANT_NAME,
        widget=ListInput("claimants", dir="auto"),
        help_text=gettext_lazy("Who made the claim. Leave empty for the speaker in the text."),
    )
    claimant_kind = claimant_kind()

    def __init__(self, data: Any = None, *, version: ArticleVersion) -> None:
        self.stored = version
        # A field of its own would keep the last of several.
        self.marked: list[str] = data.getlist("sentence") if data else []
        super().__init__(
            data,
            auto_id="choose-%s",
            label_suffix="",
            initial={"claimant_kind": ClaimantKind.PERSON},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if self.marked:
            edges = [edge for one in self.marked for edge in _edges(one)]
            cleaned["start"], cleaned["end"] = min(edges), max(edges)
            cleaned["text"] = self.stored.text[min(edges) : max(edges)]
        if cleaned.get("start") is None or not cleaned.get("end") or not cleaned.get("text"):
            raise ValidationError(_("Choose some words of the text."))
        return cleaned

    def span(self) -> Span:
        cleaned = self.cleaned_data
        # A browser sends CRLF; the stored text has LF alone.
        words = cleaned["text"].replace("\r\n", "\n")
        return Span(cleaned["start"], cleaned["end"], words, cleaned["version"])

    def details(self, article: Article, *, by: User) -> ClaimDetails:
        name = " ".join(self.cleaned_data["claimant"].split())
        # Their suggestion may have been given other words since it was made.
        words = self.span().text
        if not name:
            return ClaimDetails(words)
        kind = self.cleaned_data["claimant_kind"] or ClaimantKind.PERSON
        claimant = claimant_labelled(name, desk=article.desk, by=by, kind=kind)
        return ClaimDetails(words, claimant)


def _edges(marked: str) -> tuple[int, int]:
    start, _dash, end = marked.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(marked) < 20):
        raise ValidationError(_("Choose some words of the text."))
    return int(start), int(end)


def save(request: HttpRequest, article: Article) -> HttpResponse:
    """Take the chosen words: a redirect to their card, or for the
    script the number of the card.
    """
    by, version = person(request), _newest(article)
    # Before the form is judged: its errors are no answer for this person.
    if not may(by, "suggestion.decide", article):
        raise PermissionDenied(_("Your role cannot choose claims in this article."))
    if version is None:
        return _refused(request, article, None, [_("The article has no text yet.")], 409)
    form = SpanForm(request.POST, version=version)
    if not form.is_valid():
        return _refused(request, article, form, _texts(form), 400)
    try:
        suggestion = _take(form, article, by)
    except WorkflowError as error:
        return _refused(request, article, form, [str(error)], 409)
    except ValidationError as error:
        return _refused(request, article, form, error.messages, 400)
    if _by_script(request):
        return JsonResponse({"card": suggestion.pk})
    messages.success(request, _said(form.cleaned_data["outcome"]))
    page = reverse("admin:sources_article_change", args=[article.pk])
    return HttpResponseRedirect(f"{page}#s-{suggestion.pk}")


def _take(form: SpanForm, article: Article, by: User) -> Suggestion:
    outcome, span = form.cleaned_data["outcome"], form.span()
    if outcome == Outcome.SPAN:
        number = form.cleaned_data["suggestion"]
        changed = article.suggestions.filter(pk=number).first()
        if changed is None:
            raise ValidationError(_("That suggestion does not belong to this article."))
        return spans.change(changed, span, by=by)
    suggestion = spans.choose(article, span, by=by)
    if outcome == Outcome.CLAIM:
        # A transaction of its own: a claimant is created before the audit log is
        # locked.
        triage.accept(suggestion, by=by, details=form.details(article, by=by))
    return suggestion


def page(
    request: HttpRequest,
    article: Article,
    form: SpanForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The sentences of the newest text, each to be marked."""
    by, version = person(request), _newest(article)
    if not may(by, "suggestion.decide", article):
        raise PermissionDenied(_("Your role cannot choose claims in this article."))
    at = request.GET.get("at", "0")
    begin = int(at) if at.isdecimal() and len(at) < 10 else 0
    found, following = spans.sentences_from(version, begin) if version else ([], None)
    marked = set(form.marked) if form else set()
    context = {
        **admin.site.each_context(request),
        "title": _("Choose words of the text"),
        "opts": Article._meta,
        "article": article,
        "version": version,
        "changed": _changed(request, article),
        "form": form or (SpanForm(version=version) if version else None),
        "sentences": [
            {
                "value": f"{start}-{end}",
                "text": version.text[start:end] if version else "",
                "marked": f"{start}-{end}" in marked,
            }
            for start, end in found
        ],
        "following": following,
        "claimants": claimant_names(by, desk=article.desk)
        .values_list("name", flat=True)
        .distinct()[:CLAIMANT_NAMES],
    }
    return render(request, "admin/sources/article/choose.html", context, status=status)


def _changed(request: HttpRequest, article: Article) -> Suggestion | None:
    """The suggestion whose span is to be changed, if the address names one."""
    number = request.POST.get("suggestion") or request.GET.get("suggestion", "")
    if not (number.isdecimal() and len(number) < 18):
        return None
    visible = Suggestion.objects.visible_to(person(request)).filter(article=article)
    return visible.filter(pk=int(number)).first()


def _newest(article: Article) -> ArticleVersion | None:
    versions = article.versions.select_related("article").order_by("-number")
    newest: ArticleVersion | None = versions.first()
    return newest


def _refused(
    request: HttpRequest,
    article: Article,
    form: SpanForm | None,
    texts: list[str],
    status: int,
) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"errors": texts}, status=status)
    for text in texts:
        messages.error(request, text)
    return page(request, article, form, status=status)


def _texts(form: SpanForm) -> list[str]:
    return [str(text) for texts in form.errors.values() for text in texts]


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Wanted") == "card"


def _said(outcome: str) -> str:
    return {
        Outcome.CLAIM: _("Claim created from the chosen words."),
        Outcome.SUGGESTION: _("Suggestion added."),
        Outcome.SPAN: _("Suggestion changed."),
    }[Outcome(outcome)]
