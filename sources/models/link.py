"""Links: the URLs we cite, the state that the last check found, and the
history of checks.
"""

import uuid

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger.due_work import DueWork, JobState
from factcheck.newsroom.assigned_access import assigned_to
from factcheck.newsroom.models import Desk, User
from sources.choices import ANSWERED, LinkState
from sources.models.capture import OFFLINE, Capture
from sources.models.publisher import Publisher
from sources.querysets import LinkQuerySet


class Link(DueWork):
    """One canonical URL per desk. It is recurring due work: the next
    check.

    A file or note has a name instead of a URL (see OFFLINE) and is
    never due: there is nothing to check.
    """

    task_name = "sources.check_link"
    stream_name = "sources.stream_links"
    # The first check decides the state; the text is read by a queue of its own.
    second_stream = ("sources.read_links", "reading_due_at")
    recurring = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="links")
    url = models.CharField(gettext_lazy("URL"), max_length=2000)
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="links")
    state = models.CharField(max_length=24, choices=LinkState, default=LinkState.UNCHECKED)
    reason = models.CharField(max_length=500, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    final_url = models.CharField(max_length=4000, blank=True)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    # The first failure in a row, kept until the link answers again.
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    dead_since = models.DateTimeField(
        null=True, blank=True, help_text=gettext_lazy("Set only after repeated failed checks.")
    )
    published_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy("Since when a published verdict cites the link."),
    )
    latest_capture = models.ForeignKey(
        Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    reading_due_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy(
            "Since when the page waits to be read and captured, or when that is tried again."
        ),
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["url"]
        indexes = [
            models.Index(
                name="link_reading_due",
                fields=["reading_due_at"],
                condition=models.Q(reading_due_at__isnull=False),
            ),
            # Home and its lists ask for the few links that something is wrong with.
            models.Index(fields=["desk", "state"], name="link_in_state"),
            models.Index(
                name="link_dead",
                fields=["desk", "dead_since"],
                condition=models.Q(dead_since__isnull=False),
            ),
            models.Index(
                name="link_unchecked",
                fields=["desk"],
                condition=models.Q(job_state=JobState.FAILED),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="link_once",
                fields=["desk", "url"],
                violation_error_message=gettext_lazy("This desk already checks this link."),
            ),
            models.CheckConstraint(
                name="link_state_known",
                condition=models.Q(state__in=LinkState.values),
                violation_error_message=gettext_lazy("Unknown link state."),
            ),
            models.CheckConstraint(
                name="link_dead_only_when_failing",
                condition=models.Q(dead_since__isnull=True) | models.Q(failing_since__isnull=False),
                violation_error_message=gettext_lazy(
                    "A link cannot be dead while it is not failing."
                ),
            ),
            models.CheckConstraint(
                name="link_offline_never_due",
                condition=~models.Q(url__startswith=OFFLINE)
                | models.Q(next_attempt_at__isnull=True),
                violation_error_message=gettext_lazy(
                    "A file or interview note is never checked on the web."
                ),
            ),
        ]

    def __str__(self) -> str:
        return (
            self.url
            if self.online
            else _("Offline source %(url)s") % {"url": self.url[len(OFFLINE) :][:8]}
        )

    @property
    def online(self) -> bool:
        return not self.url.startswith(OFFLINE)

    @property
    def answered(self) -> bool:
        return self.state in ANSWERED

    def relations_to(self, user: User) -> frozenset[str]:
        """The assignee of a claim that cites the link counts as the link's assignee."""
        own = Link.objects.filter(assigned_to("sources.link", user), pk=self.pk).exists()
        return frozenset({"assignee"}) if own else frozenset()


class LinkCheck(models.Model):
    """One check of a link; never changed. Together they are the proof
    that a dead link was checked on several days before it was called
    dead.
    """

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="checks")
    checked_at = models.DateTimeField()
    state = models.CharField(max_length=24, choices=LinkState)
    reason = models.CharField(max_length=500, blank=True)
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    final_url = models.CharField(max_length=4000, blank=True)
    redirects = models.JSONField(default=list)
    # The IP address that answered, for telling a moved server from a changed page.
    address = models.CharField(max_length=64, blank=True)
    body_sha256 = models.CharField(max_length=64, blank=True)
    elapsed_ms = models.PositiveIntegerField()
    capture = models.ForeignKey(
        Capture, on_delete=models.PROTECT, null=True, blank=True, related_name="checks"
    )

    class Meta:
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return f"{date_format(self.checked_at, 'DATETIME_FORMAT')}: {self.get_state_display()}"
