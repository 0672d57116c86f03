"""How a list opens for a person: with the filters they chose last."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_QUERY = 2000


class ListSetting(models.Model):
    """One person's own list. `screen` is the label of its model. A
    convenience, and no change that anybody audits.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    screen = models.CharField(max_length=100)
    last_query = models.TextField(blank=True, max_length=LONGEST_QUERY)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="listsetting_once",
                fields=["user", "screen"],
                violation_error_message=_("This list has its settings already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.screen}?{self.last_query}"

    @classmethod
    def remember(cls, user: models.Model, screen: str, query: str) -> None:
        """What no screen could have sent is not kept."""
        if len(query) <= LONGEST_QUERY:
            cls.objects.update_or_create(user=user, screen=screen, defaults={"last_query": query})

    @classmethod
    def opened_with(cls, user: models.Model, screen: str) -> str | None:
        row = cls.objects.filter(user=user, screen=screen).first()
        return (row.last_query or None) if row else None
