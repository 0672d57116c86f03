"""What somebody told one of us: the note of it, signed by who held the conversation, and who it was
where that is kept secret.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.choices import Channel
from claims.querysets import IdentityQuerySet
from factcheck.newsroom.models import Desk, User
from sources.models import Capture


class Interview(models.Model):
    """The words of the note are the text of its capture. `person` is who it was, as readers are
    told. Never changed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="conversations")
    capture = models.OneToOneField(Capture, on_delete=models.PROTECT, related_name="interview")
    person = models.CharField(max_length=200)
    role = models.CharField(
        max_length=200, blank=True, help_text="Office or organisation, as readers are told."
    )
    channel = models.CharField(max_length=16, choices=Channel)
    held_at = models.DateTimeField()
    confidential = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    sha256 = models.CharField(
        max_length=64, unique=True, help_text="Of the canonical JSON of all the above and the note."
    )

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="conversation_with_somebody",
                condition=~Q(person=""),
                violation_error_message="Say with whom, as readers are told.",
            ),
            models.CheckConstraint(
                name="conversation_channel_known",
                condition=Q(channel__in=Channel.values),
                violation_error_message="Say how you spoke.",
            ),
            models.CheckConstraint(
                name="conversation_signed_afterwards",
                condition=Q(held_at__lte=models.F("signed_at")),
                violation_error_message="A conversation is signed after it was held.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}{f', {self.role}' if self.role else ''}"


class ConfidentialIdentity(models.Model):
    """Who it really was, and how to reach them: for who wrote it down and the editors of the desk,
    and in nothing else.
    """

    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="identity")
    name = models.CharField(max_length=200)
    contact = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "confidential identities"
        constraints = [
            models.CheckConstraint(
                name="identity_has_name",
                condition=~Q(name=""),
                violation_error_message="Say who it was.",
            )
        ]

    def __str__(self) -> str:
        return f"Identity {self.pk}"  # never the name: this is what ends in logs and lists

    @property
    def desk_id(self) -> int:
        return self.interview.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        return frozenset({"writer"}) if self.by_id == user.pk else frozenset()
