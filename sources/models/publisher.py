"""Who publishes, and who owns them: two papers of one house are one voice."""

from django.db import models

from factcheck.ledger.audited import Audited
from sources.choices import PublisherKind


class Owner(Audited):
    """The house or person behind publishers. A publisher that nobody else owns is its own owner."""

    name = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Publisher(Audited):
    """One row per registrable domain; a person or an office without one is known by name."""

    name = models.CharField(max_length=200)
    domain = models.CharField(max_length=253, unique=True, null=True, blank=True)
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="publishers")
    kind = models.CharField(max_length=16, choices=PublisherKind, default=PublisherKind.SECONDARY)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="publisher_has_domain", condition=~models.Q(domain=""),
                violation_error_message="A publisher has a domain, such as example.org, or none at all.",
            ),
            models.CheckConstraint(
                name="publisher_has_name", condition=~models.Q(name=""), violation_error_message="A publisher has a name."
            ),
            models.UniqueConstraint(
                name="publisher_once_by_name", fields=["name"], condition=models.Q(domain__isnull=True),
                violation_error_message="There is a publisher of this name without a domain already.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name if self.domain in {None, self.name} else f"{self.name} ({self.domain})"
