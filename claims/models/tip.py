"""Tips: what readers send in through the site, and apart from it what
they wrote and who they are, which is erased.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.choices import TipKind, TipReason, TipState
from claims.models.claim import Claim
from claims.models.mailbox import Mailbox
from claims.models.recheck import Recheck
from claims.models.verdict import Verdict
from claims.querysets.tips import TipQuerySet
from factcheck.ledger.encryption import EncryptedTextField
from factcheck.newsroom.models import Desk, User

WRITTEN = ("text", "url", "place", "name", "email")
TEXT_LENGTH, PLACE_LENGTH, URL_LENGTH = 2000, 300, 2000


def _outcome(state: TipState, *, named: str = "", reason: bool = False) -> Q:
    """The condition that a tip in this state names what became of it,
    and nothing else.
    """
    condition = Q(state=state) & (~Q(reason="") if reason else Q(reason=""))
    for name in ("claim", "recheck"):
        condition &= Q(**{f"{name}__isnull": name != named})
    return condition


class Tip(models.Model):
    """One thing that a reader sent in. The row stays; what the reader
    wrote is in its `message`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=TipKind)
    # The version that the reader had before them.
    verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField()
    # Of the token in the sender's link. Whoever reads the database cannot open it.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # Keyed hash of sender and words: the same again is not stored twice. NULL once the
    # words are erased.
    repeat_key = models.UUIDField(unique=True, null=True, editable=False)
    # Where it came in, if it was an e-mail.
    mailbox = models.ForeignKey(
        Mailbox, on_delete=models.PROTECT, null=True, blank=True, related_name="tips"
    )
    state = models.CharField(max_length=16, choices=TipState, default=TipState.WAITING)
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="tips"
    )
    recheck = models.ForeignKey(
        Recheck, on_delete=models.PROTECT, null=True, blank=True, related_name="tips"
    )
    reason = models.CharField(max_length=16, choices=TipReason, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = TipQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = gettext_lazy("tip")
        verbose_name_plural = gettext_lazy("tips")
        indexes = [
            models.Index(fields=["received_at"], name="tip_received_at"),
            models.Index(fields=["desk", "state", "received_at"], name="tip_desk_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="tip_of_its_kind",
                condition=Q(kind=TipKind.CLAIM, verdict__isnull=True)
                | Q(kind=TipKind.CORRECTION, verdict__isnull=False),
                violation_error_message=gettext_lazy(
                    "A request for correction names a verdict, and no other tip does."
                ),
            ),
            models.CheckConstraint(
                name="tip_says_what_became_of_it",
                condition=_outcome(TipState.WAITING)
                | _outcome(TipState.JOINED, named="claim")
                | _outcome(TipState.MADE, named="claim")
                | (_outcome(TipState.RECHECK, named="recheck") & Q(kind=TipKind.CORRECTION))
                | (_outcome(TipState.CLOSED, reason=True) & Q(reason__in=TipReason.values)),
                violation_error_message=gettext_lazy(
                    "A decided tip needs the one claim, recheck or reason of its decision."
                ),
            ),
            models.CheckConstraint(
                name="tip_decided_by_a_person",
                condition=Q(
                    state=TipState.WAITING, decided_by__isnull=True, decided_at__isnull=True
                )
                | (
                    ~Q(state=TipState.WAITING)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                violation_error_message=gettext_lazy("A decided tip needs a person and a time."),
            ),
        ]

    def __str__(self) -> str:
        # The day and not the words: this text ends up in logs and in the audit log.
        return _("tip of %(day)s") % {"day": date_format(self.received_at, "DATE_FORMAT")}

    @property
    def waiting(self) -> bool:
        return self.state == TipState.WAITING

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset()


class TipMessage(models.Model):
    """What the reader wrote and who they are. Erasing empties the
    `WRITTEN` columns and keeps the row, as proof of the erasure.
    """

    tip = models.OneToOneField(Tip, on_delete=models.PROTECT, related_name="message")
    text = EncryptedTextField(max_length=TEXT_LENGTH, blank=True)
    url = EncryptedTextField(max_length=URL_LENGTH, blank=True)
    place = EncryptedTextField(max_length=PLACE_LENGTH, blank=True)
    name = EncryptedTextField(max_length=200, blank=True)
    email = EncryptedTextField(max_length=254, blank=True)
    # Stored, as of a reader tip: a desk that changes its retention keeps what it
    # promised.
    erase_date = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = gettext_lazy("message of a tip")
        indexes = [
            models.Index(
                fields=["erase_date"], name="tipmessage_due", condition=Q(erased_at__isnull=True)
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="tipmessage_erased_is_empty",
                condition=Q(erased_at__isnull=True) | Q(**dict.fromkeys(WRITTEN, "")),
                violation_error_message=gettext_lazy("An erased tip holds nothing of its sender."),
            ),
            models.CheckConstraint(
                name="tipmessage_has_content",
                condition=Q(erased_at__isnull=False) | ~Q(text="", url=""),
                violation_error_message=gettext_lazy("A tip needs a text or an address."),
            ),
            models.CheckConstraint(
                name="tipmessage_erased_by_at_a_time",
                condition=Q(erased_by__isnull=True) | Q(erased_at__isnull=False),
                violation_error_message=gettext_lazy("An erased tip needs the time of erasure."),
            ),
        ]

    def __str__(self) -> str:
        return _("Message of the %(tip)s") % {"tip": self.tip}
