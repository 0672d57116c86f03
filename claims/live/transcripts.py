"""What becomes of a stream that has ended: an article, whose
suggestions have the decisions that people made while they listened.
"""

from collections.abc import Iterator
from itertools import groupby
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from claims.choices import DeclineReason, LiveDecision, SuggestionState
from claims.intake import triage
from claims.models import Claim, Extraction, LiveSentence, LiveStream, Suggestion
from claims.workflow import WorkflowError
from factcheck.ledger import clock
from factcheck.ledger.due_work import PermanentWorkError
from sources import ingest
from sources.article_details import ArticleDetails
from sources.plaintext import TextError

# So much of the longer text must be in the shorter one: a label or a last word may be
# cut otherwise in the article.
_ALIKE = 0.8


def settle(stream: LiveStream) -> bool:
    """The next thing to do for a locked stream whose text has all been
    read; True if another step can follow at once.
    """
    if stream.article is None:
        if not stream.sentence_count:
            return False
        _file(stream)
    elif stream.carried_over_at is None and _is_read(stream):
        _carry_over(stream)
        return False
    # Otherwise `article_read` makes it due.
    return stream.carried_over_at is None and _is_read(stream)


def transcript(stream: LiveStream) -> str:
    """What was said, with a line for each turn, labelled as the
    extractor knows transcripts.
    """
    return "\n\n".join(_turns(stream))


def _turns(stream: LiveStream) -> Iterator[str]:
    rows = stream.sentences.order_by("number")
    for speaker, turn in groupby(rows, key=lambda one: one.speaker):
        said = list(turn)
        label = f"{said[0].time_code} {speaker}: ".lstrip() if speaker else ""
        yield label + " ".join(one.text for one in said)


def _file(stream: LiveStream) -> None:
    """Once: the article has the stream as its external ID."""
    if stream.ended_by is None:
        raise ValueError("The stream has not ended.")
    details = ArticleDetails(
        title=stream.title,
        published_date=stream.started_at.astimezone(ZoneInfo(stream.desk.time_zone)).date(),
        external_id=f"live:{stream.public_id}",
    )
    text = transcript(stream)
    try:
        article, _new = ingest.submit_text(
            stream.desk, by=stream.ended_by, text=text, details=details
        )
    except (PermissionDenied, TextError, ValidationError) as error:
        raise PermanentWorkError(
            _("The transcript was not filed as an article: %(why)s") % {"why": error}
        ) from error
    stream.article = article
    stream.change_count += 1
    stream.save(update_fields=["article", "change_count"])


def _is_read(stream: LiveStream) -> bool:
    read = Extraction.objects.filter(version__article=stream.article, finished_at__isnull=False)
    return read.exists()


def _carry_over(stream: LiveStream) -> None:
    # All of them locked first, then their claims: each decision locks the head of the
    # audit log, and whoever holds a suggestion may wait for that.
    waiting = stream.article and list(
        stream.article.suggestions.select_for_update(no_key=True)
        .filter(state=SuggestionState.PROPOSED)
        .order_by("pk")
    )
    decided = list(stream.sentences.decided().select_related("decided_by"))
    keys = [one.claim_id for one in decided if one.claim_id]
    held = Claim.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    claims = {claim.pk: claim for claim in held.order_by("pk")}
    for suggestion in waiting or ():
        if sentence := _sentence_of(suggestion, decided):
            _decide_as(suggestion, sentence, claims)
    stream.carried_over_at = clock.now()
    stream.change_count += 1
    stream.save(update_fields=["carried_over_at", "change_count"])


def _decide_as(suggestion: Suggestion, sentence: LiveSentence, claims: dict[int, Claim]) -> None:
    by = sentence.decided_by
    if by is None:
        return
    try:
        if sentence.state == LiveDecision.ACCEPTED:
            claim = claims[sentence.claim_id or 0]
            note = "Accepted live as this claim."
            triage.already_checked(suggestion, by=by, claim=claim, note=note)
        else:
            known = any(one["likeness"] != "related" for one in sentence.matches)
            reason = DeclineReason.DUPLICATE if known else DeclineReason.TRIVIAL
            triage.decline(suggestion, by=by, reason=reason, note="Dismissed live.")
    except (PermissionDenied, ValidationError, WorkflowError, Suggestion.DoesNotExist):
        # Whoever decided it may not do so any more, or the claim was declined: somebody
        # else is asked.
        return


def _sentence_of(suggestion: Suggestion, decided: list[LiveSentence]) -> LiveSentence | None:
    words = _folded(suggestion.text)
    return next((one for one in decided if _same_words(words, _folded(one.text))), None)


def _same_words(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter in longer and len(shorter) >= _ALIKE * len(longer)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
