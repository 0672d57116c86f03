"""A debate or broadcast while it is heard: its text in pieces, the
sentences read in them, and what people decided of each.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.choices import LiveDecision
from claims.models.claim import Claim
from claims.querysets.live import LiveSentenceQuerySet, LiveStreamQuerySet
from factcheck.ledger.due_work import DueWork
from factcheck.newsroom.models import Desk, User
from sources.models import Article

SPEAKER_LENGTH, TIME_CODE_LENGTH = 200, 32


class LiveStream(DueWork):
    """One job reads all of it, chunk after chunk: whoever posts a chunk
    makes it due again.

    Everything that people see of it changes with this row locked, so
    that `change_count` numbers the changes in the order of their
    commits: who has seen one number has seen all below it.
    """

    task_name = "claims.read_live"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="live_streams")
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=16)
    source_url = models.URLField(
        _("source"),
        max_length=2000,
        blank=True,
        help_text=_("Where it is broadcast. Claims are said to have been made there."),
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(_("started"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # The number of the newest chunk, and up to where sentences were read: the chunk,
    # and the characters of it.
    last_number = models.PositiveIntegerField(default=0)
    read_number = models.PositiveIntegerField(default=0)
    read_characters = models.PositiveIntegerField(default=0)
    sentence_count = models.PositiveIntegerField(default=0)
    change_count = models.PositiveIntegerField(default=0)
    article = models.OneToOneField(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="live_stream"
    )
    # When the article's suggestions had the decisions that were made live.
    carried_over_at = models.DateTimeField(null=True, blank=True)

    objects = LiveStreamQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("live stream")
        verbose_name_plural = _("live streams")
        constraints = [
            models.CheckConstraint(
                name="livestream_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message=_("Somebody ends a stream."),
            ),
            models.CheckConstraint(
                name="livestream_article_of_ended",
                condition=Q(article__isnull=True) | Q(ended_at__isnull=False),
                violation_error_message=_("A stream becomes an article when it has ended."),
            ),
            models.CheckConstraint(
                name="livestream_reads_what_there_is",
                condition=Q(read_number__lte=F("last_number")),
                violation_error_message=_("Nothing can be read before it came."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def relations_to(self, user: User) -> frozenset[str]:
        # Who sends a stream sends an article.
        return frozenset({"submitter"}) if self.started_by_id == user.pk else frozenset()


class LiveChunk(models.Model):
    """A piece of the text as it came. `number` is the client's, or one
    more than the last: it finds a chunk that is sent again.
    """

    stream = models.ForeignKey(LiveStream, on_delete=models.PROTECT, related_name="chunks")
    number = models.PositiveIntegerField()
    speaker = models.CharField(max_length=SPEAKER_LENGTH, blank=True)
    time_code = models.CharField(max_length=TIME_CODE_LENGTH, blank=True)
    text = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["stream", "number"]
        constraints = [
            models.UniqueConstraint(
                name="livechunk_once",
                fields=["stream", "number"],
                violation_error_message=_("The stream has a chunk of this number."),
            ),
            models.CheckConstraint(
                name="livechunk_has_text",
                condition=~Q(text="") & Q(number__gt=0),
                violation_error_message=_("A chunk has a number and text in it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id} {self.number}"


class LiveSentence(models.Model):
    """A sentence of a stream. `chunk` is the one in which it ends.

    `matches` are what was found when it was read, with the entries of
    the index of known claims as their numbers: whoever shows them asks
    first which of these the reader may see now.
    """

    stream = models.ForeignKey(LiveStream, on_delete=models.PROTECT, related_name="sentences")
    number = models.PositiveIntegerField()
    chunk = models.ForeignKey(LiveChunk, on_delete=models.PROTECT, related_name="sentences")
    speaker = models.CharField(max_length=SPEAKER_LENGTH, blank=True)
    time_code = models.CharField(max_length=TIME_CODE_LENGTH, blank=True)
    text = models.TextField()
    # Decimal, as the scores of suggestions are: both databases compare them alike.
    score = models.DecimalField(max_digits=5, decimal_places=4)
    matches = models.JSONField[list[dict[str, Any]], list[dict[str, Any]]](default=list)
    read_at = models.DateTimeField()
    # The place of its last change among those of the stream.
    change = models.PositiveIntegerField()
    state = models.CharField(
        max_length=16, choices=LiveDecision, default=LiveDecision.OPEN, db_default=LiveDecision.OPEN
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="live_sentences"
    )

    objects = LiveSentenceQuerySet.as_manager()

    class Meta:
        ordering = ["stream", "number"]
        constraints = [
            models.UniqueConstraint(name="livesentence_once", fields=["stream", "number"]),
            models.UniqueConstraint(name="livesentence_change_once", fields=["stream", "change"]),
            models.CheckConstraint(
                name="livesentence_decided_by_a_person",
                condition=Q(state=LiveDecision.OPEN, decided_by__isnull=True, decided_at=None)
                | Q(
                    state__in=(LiveDecision.ACCEPTED, LiveDecision.DISMISSED),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                violation_error_message=_("Only a person decides a sentence."),
            ),
            models.CheckConstraint(
                name="livesentence_accepted_has_claim",
                condition=Q(state=LiveDecision.ACCEPTED, claim__isnull=False)
                | (~Q(state=LiveDecision.ACCEPTED) & Q(claim__isnull=True)),
                violation_error_message=_("An accepted sentence has its claim, and no other one."),
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"
