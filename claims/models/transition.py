"""The history of a claim: one row for each action, never changed. The
claim's status follows these rows, not the reverse.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.choices import TAKEN_BACK, Action, Category, DeclineReason, Meanwhile, Status
from claims.models.claim import Claim


class Transition(models.Model):
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="transitions")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=24, choices=Action)
    from_status = models.CharField(max_length=16, choices=Status)
    to_status = models.CharField(max_length=16, choices=Status)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    content_hash = models.CharField(
        max_length=64,
        blank=True,
        help_text=_("Hash of the content that this action signed or published."),
    )
    entry_point = models.CharField(max_length=16)

    class Meta:
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(
                name="transition_number",
                fields=["claim", "number"],
                violation_error_message=_("Somebody else acted first. Reload and try again."),
            )
        ]

    def __str__(self) -> str:
        before, after = self.get_from_status_display(), self.get_to_status_display()
        return f"{self.get_action_display()}: {before} → {after}"

    @property
    def reason_label(self) -> str:
        if self.data.get("reason") == TAKEN_BACK:
            return gettext("acceptance taken back")
        return self._label("reason", DeclineReason)

    @property
    def category_label(self) -> str:
        return self._label("category", Category)

    @property
    def meanwhile_label(self) -> str:
        return self._label("meanwhile", Meanwhile)

    def _label(self, field: str, choices: type[models.TextChoices]) -> str:
        # The data keeps the value; an old row may hold one that is no choice any more.
        value = str(self.data.get(field, ""))
        return str(dict(choices.choices).get(value, value))
