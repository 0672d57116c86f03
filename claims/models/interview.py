"""Interview notes, signed by whoever held the interview, and the
identity of confidential sources.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.choices import Channel
from claims.querysets.evidence import IdentityQuerySet
from factcheck.ledger import clock
from factcheck.ledger.encryption import EncryptedTextField
from factcheck.newsroom.models import Desk, User
from sources.models import Capture


class Interview(models.Model):
    """A signed note of what a person said. The note's text is the text
    of its capture; `person` is the name or description that readers
    see. Never changed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="interviews")
    # One-to-one: the signature is of exactly one text.
    capture = models.OneToOneField(Capture, on_delete=models.PROTECT, related_name="interview")
    person = models.CharField(max_length=200)
    role = models.CharField(
        max_length=200, blank=True, help_text=_("Office or organisation, as published.")
    )
    channel = models.CharField(max_length=16, choices=Channel)
    held_at = models.DateTimeField()
    confidential = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    sha256 = models.CharField(
        max_length=64,
        unique=True,
        help_text=_("SHA-256 of the canonical JSON of these fields and the note."),
    )

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="interview_has_person",
                condition=~Q(person=""),
                violation_error_message=_("Enter the person, as published."),
            ),
            models.CheckConstraint(
                name="interview_channel_known",
                condition=Q(channel__in=Channel.values),
                violation_error_message=_("Choose how you spoke."),
            ),
            models.CheckConstraint(
                name="interview_signed_afterwards",
                condition=Q(held_at__lte=models.F("signed_at")),
                violation_error_message=_("An interview is signed after it was held."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}{f', {self.role}' if self.role else ''}"


class ConfidentialIdentity(models.Model):
    """Who a confidential source is, and how to reach them: encrypted,
    and read by the note's author or with a `SourceGrant` only. It is in
    no export, audit entry, signed content or log.
    """

    interview = models.OneToOneField(Interview, on_delete=models.PROTECT, related_name="identity")
    name = EncryptedTextField(max_length=200)
    contact = EncryptedTextField(max_length=300, blank=True)
    two_people = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("A second person confirms each reading. Cannot be undone."),
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("confidential identities")
        constraints = [
            models.CheckConstraint(
                name="identity_has_name",
                condition=~Q(name=""),
                violation_error_message=_("Enter the real name."),
            )
        ]

    def __str__(self) -> str:
        # Never the name: this text ends up in logs, lists and error messages.
        return f"Identity {self.pk}"

    @property
    def desk_id(self) -> int:
        return self.interview.desk_id

    def relations_to(self, user: User) -> frozenset[str]:
        if self.by_id == user.pk:
            return frozenset({"writer"})
        granted = self.grants.in_force(clock.now()).filter(person=user).exists()
        return frozenset({"granted"}) if granted else frozenset()
