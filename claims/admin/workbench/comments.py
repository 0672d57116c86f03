"""Comments on words of the verdict in work: marked in the preview, and
listed beside it with the words that each was made on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.marked_text import Mark, highlight, marked, rendered, rendered_plain, unmarked
from claims.admin.workbench.forms import Part, TextAreaField
from claims.admin.workbench.panel import Answer, Context, PageState, Panel, Route
from claims.admin.workbench.respond import respond
from claims.choices import Commented
from claims.desk import queries
from claims.desk.comments import place_now, text_of, without_marks
from claims.desk.queries import Question
from claims.models import Claim, Query, Verdict
from factcheck.newsroom.admin_base import person
from factcheck.newsroom.permissions import may


class CommentForm(Part):
    part = "comment"
    section = "comments"

    on = forms.ChoiceField(
        label=gettext_lazy("Comment on"),
        choices=Commented.choices,
        initial=Commented.EXPLANATION,
    )
    passage = TextAreaField(
        label=gettext_lazy("Words"),
        max_length=2000,
        rows=2,
        help_text=gettext_lazy("Select them in the preview, or copy them from there."),
    )
    text = TextAreaField(
        label=gettext_lazy("Comment"),
        max_length=5000,
        rows=3,
        help_text=gettext_lazy("@username mentions a colleague."),
    )
    # Which of several same words were selected: the script counts them.
    occurrence = forms.IntegerField(
        required=False, min_value=0, max_value=50_000, widget=forms.HiddenInput
    )


@dataclass(frozen=True, slots=True)
class Comment:
    """`place` is where its words begin now; None where they changed."""

    number: int
    query: Query
    place: int | None

    @property
    def words(self) -> str:
        """As readers see them: the comment is on the page, not on its source."""
        if self.query.part != Commented.EXPLANATION:
            return self.query.passage
        return without_marks(self.query.passage)

    @property
    def end(self) -> int:
        return (self.place or 0) + len(self.query.passage)


def context(state: PageState) -> Context:
    verdict = state.draft[0]
    rows = [query for query in state.queries if query.is_comment]
    here = _comments(state, verdict, rows) if verdict else []
    earlier = [row for row in rows if verdict is None or row.verdict_id != verdict.pk]
    still_open = [one for one in here if one.query.resolved_at is None]
    shown = [*still_open, *(one for one in here if one.query.resolved_at)]
    offered = verdict is not None and may(state.by, "comment.write", state.claim)
    return {
        "comments": {
            "rows": shown,
            "open": len(still_open),
            # Of versions published or dropped: their words are not on the page.
            "earlier": [Comment(number, row, None) for number, row in enumerate(earlier, 1)],
            "may_write": offered and not state.claim.merged_into_id,
            "form": state.form_state.forms.get("comment") if state.form_state.forms else None,
            "new": CommentForm(),
        },
        "marked_parts": dict(_marked(state.claim, verdict, still_open)) if verdict else {},
    }


def _comments(state: PageState, verdict: Verdict, rows: list[Query]) -> list[Comment]:
    own = (row for row in rows if row.verdict_id == verdict.pk)
    return [Comment(number, row, _place(state, verdict, row)) for number, row in enumerate(own, 1)]


def _place(state: PageState, verdict: Verdict, row: Query) -> int | None:
    # Earlier wordings of the claim itself are not kept as rows.
    kept = () if row.part == Commented.CLAIM else state.revisions
    then = next((one for one in kept if one.at <= row.opened_at), None)
    return place_now(
        row,
        text_of(state.claim, verdict, row.part),
        then=getattr(then, row.part) if then else "",
    )


def _marked(
    claim: Claim, verdict: Verdict, comments: list[Comment]
) -> Iterator[tuple[str, SafeString]]:
    """The texts that have comments, by part, as readers see them."""
    for part in Commented:
        on_it = [one for one in comments if one.query.part == part and one.place is not None]
        if on_it:
            show = rendered if part == Commented.EXPLANATION else rendered_plain
            source, marks = _with_markers(text_of(claim, verdict, part), on_it)
            yield part.value, show(source, marks)


def _with_markers(text: str, comments: Iterable[Comment]) -> tuple[str, list[Mark]]:
    """Of comments on the same words only the first is marked; the list
    has them all.
    """
    source, at, marks = "", 0, list[Mark]()
    for one in sorted(comments, key=lambda one: (one.place or 0, -one.end)):
        start = one.place or 0
        if start < at:
            continue
        source += unmarked(text[at:start])
        for line in text[start : one.end].splitlines(keepends=True):
            source += marked(line, len(marks), after=source)
        marks.append(_mark(one))
        at = one.end
    return source + unmarked(text[at:]), marks


def _mark(one: Comment) -> Mark:
    link = format_html(
        '<a class="comment-mark" href="#query-{}" aria-label="{}">{}</a>',
        one.query.public_id,
        _("Comment %(number)s") % {"number": one.number},
        one.number,
    )
    return highlight(link)


def comment(request: HttpRequest, claim: Claim) -> Answer:
    form = CommentForm(request.POST)

    def save() -> str:
        said = form.cleaned_data
        question = Question(
            text=said["text"],
            passage=said["passage"],
            part=said["on"],
            occurrence=said["occurrence"],
        )
        queries.open_query(claim, by=person(request), question=question)
        return _("Comment added.")

    return respond(request, claim, form, save)


PANEL = Panel(context, (Route("comments/", comment, "comment"),))
