"""Spans of an article that a person chooses: a sentence that the
extractor missed, or other words for one that it cut wrongly.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from claims.choices import QuoteKind, SuggestionState
from claims.extraction import articles, fold, language, measurements, sentences
from claims.intake.extraction_jobs import fingerprint
from claims.models import Suggestion
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may
from sources.models import Article, ArticleVersion

# A claim has no more; whoever wants more has chosen two claims.
LONGEST = 2000
SENTENCES_SHOWN = 200
_WORD = re.compile(r"\w")
_LINE = re.compile(r"[^\n]+")
_SPEAKER = ("speaker_span", "cue", "chain")
_CHANGED = ("version", "part", "start", "end", "text", "speaker", "kind", "details")
# Of one version: in the next, other words stand at these places.
_PLACES = {"speaker_span", "repeated_at", "conflicting_figures"}


@dataclass(frozen=True, slots=True)
class Span:
    """Code points [start, end) of the text of `version`, the newest one
    if None, and the words that the person saw there.
    """

    start: int
    end: int
    text: str
    version: int | None = None


def choose(article: Article, span: Span, *, by: User) -> Suggestion:
    """Make the span a suggestion, still to be decided; the one that has
    these words already is returned.
    """
    with transaction.atomic():
        locked, version = _lock(article, span, by)
        start, end = _verified(version.text, span)
        words = version.text[start:end]
        same = Q(text=words) | Q(fingerprint=fingerprint(words))
        existing = locked.suggestions.filter(same).first()
        if existing:
            return existing
        row = _row(version, start, end)
        row.chosen_by, row.chosen_at = by, clock.now()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            # A worker takes no lock of the article: it has just stored the same words.
            return locked.suggestions.get(fingerprint=row.fingerprint)
        log_change("suggestion.choose", row, by=by, changes=_changes(None, row))
    return row


def change(suggestion: Suggestion, span: Span, *, by: User) -> Suggestion:
    """Give an undecided suggestion other words of its article; the same
    words again change nothing.
    """
    with transaction.atomic():
        article, version = _lock(suggestion.article, span, by)
        row = article.suggestions.select_for_update(no_key=True).get(pk=suggestion.pk)
        if row.state != SuggestionState.PROPOSED:
            raise WorkflowError(
                _("This suggestion was already %(decided)s. Take that back first.")
                % {"decided": row.get_state_display()}
            )
        start, end = _verified(version.text, span)
        if (row.version_id, row.start, row.end) == (version.pk, start, end):
            return row
        words = version.text[start:end]
        same = Q(text=words) | Q(fingerprint=fingerprint(words))
        if article.suggestions.filter(same).exclude(pk=row.pk).exists():
            raise ValidationError({"text": _("Another suggestion has these words already.")})
        before = (row.start, row.end, row.text)
        proposed = row.details.get("proposed_span", list(before))
        other = _row(version, start, end)
        old = set() if row.version_id == version.pk else set(_PLACES)
        if words not in row.text and row.text not in words:
            # Another sentence may be somebody else's.
            old.update(_SPEAKER)
            row.speaker, row.kind = other.speaker, other.kind
        kept = {key: one for key, one in row.details.items() if key not in old}
        row.version, row.part = version, other.part
        row.start, row.end, row.text = start, end, words
        row.details = {**kept, **other.details, "proposed_span": proposed}
        row.save(update_fields=_CHANGED)
        log_change("suggestion.change_span", row, by=by, changes=_changes(before, row))
    return row


def sentences_from(
    version: ArticleVersion,
    at: int,
) -> tuple[list[tuple[int, int]], int | None]:
    """The sentences from this place of the text on, and where the next
    page of them begins.
    """
    found: list[tuple[int, int]] = []
    # Line by line, so that a long text is only read as far as the page shows it.
    for line in _LINE.finditer(version.text, at):
        if len(found) >= SENTENCES_SHOWN:
            return found, line.start()
        found += sentences.spans(
            fold.fold(line.group()), line.start(), language=version.article.language
        )
    return found, None


def _lock(article: Article, span: Span, by: User) -> tuple[Article, ArticleVersion]:
    """The article, locked before its suggestions as everywhere, with
    the version that the person read.
    """
    rows = Article.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    locked = rows.get(pk=article.pk)
    if not may(by, "suggestion.decide", locked):
        raise PermissionDenied(
            _("Your role on %(desk)s does not allow you to choose claims in its articles.")
            % {"desk": locked.desk}
        )
    version = locked.versions.order_by("-number").first()
    if version is None:
        raise WorkflowError(_("The article has no text yet."))
    if span.version not in {None, version.number}:
        raise WorkflowError(
            _("The article has a newer text, version %(number)s. Choose the words there.")
            % {"number": version.number}
        )
    return locked, version


def _verified(text: str, span: Span) -> tuple[int, int]:
    """The span without white space at its ends, if the words stand there."""
    start, end = span.start, span.end
    if not 0 <= start < end <= len(text) or text[start:end] != span.text:
        raise ValidationError(
            {"text": _("The article does not have these words at this place. Choose them again.")}
        )
    start += len(span.text) - len(span.text.lstrip())
    end -= len(span.text) - len(span.text.rstrip())
    if not _WORD.search(text, start, end):
        raise ValidationError({"text": _("Choose some words of the text.")})
    if end - start > LONGEST:
        raise ValidationError(
            {
                "text": _("You chose %(length)s characters; the limit is %(limit)s.")
                % {"length": end - start, "limit": LONGEST}
            }
        )
    return start, end


def _row(version: ArticleVersion, start: int, end: int) -> Suggestion:
    """The span as a suggestion: with the speaker of one it overlaps,
    and its figures and dates.
    """
    article, words = version.article, version.text[start:end]
    part = _part(version.text, start, end)
    in_part = article.suggestions.filter(version=version, part=part)
    near = in_part.filter(start__lt=end, end__gt=start).exclude(kind=QuoteKind.DECLINED)
    beside = near.order_by("-score", "pk").first()
    folded = fold.fold(words)
    spoken = (beside and beside.language) or article.language or language.detect(folded)
    found = measurements.find(folded, start, article.published_date, spoken)
    details: dict[str, Any] = {
        "quantities": [_printed(version.text, one.to_json()) for one in found.quantities],
        "dates": [_printed(version.text, one.to_json()) for one in found.dates],
    }
    if beside:
        details |= {key: beside.details[key] for key in _SPEAKER if key in beside.details}
    last = in_part.aggregate(last=Max("rank"))["last"]
    return Suggestion(
        version=version,
        article=article,
        fingerprint=fingerprint(words),
        part=part,
        rank=0 if last is None else last + 1,
        start=start,
        end=end,
        text=words,
        # Scores order suggestions, and nothing is surer than a person's own choice.
        score="1",
        kind=beside.kind if beside else QuoteKind.NONE,
        speaker=beside.speaker if beside else "",
        details=details,
        language=spoken,
    )


def _printed(text: str, part: dict[str, Any]) -> dict[str, Any]:
    # It was read in the folded text.
    return {**part, "text": text[part["start"] : part["end"]]}


def _part(text: str, start: int, end: int) -> int:
    """The article of the page that the span is in."""
    spans = articles(text)
    first, last = (_part_at(spans, at) for at in (start, end - 1))
    if first != last:
        raise ValidationError(
            {"text": _("These words belong to two articles of the page. Choose those of one.")}
        )
    return first


def _part_at(spans: tuple[Any, ...], at: int) -> int:
    # What stands between two articles, such as a caption, counts with the one above.
    begun = [span.article for span in spans if span.start <= at]
    return begun[-1] if begun else 0


def _changes(
    before: tuple[int, int, str] | None,
    row: Suggestion,
) -> dict[str, list[object]]:
    old = before or ("", "", "")
    return {"start": [old[0], row.start], "end": [old[1], row.end], "text": [old[2], row.text]}
