"""What is heard live, before it is an article."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class LiveDecision(TextChoices):
    OPEN = "open", pgettext_lazy("sentence", "open")
    ACCEPTED = "accepted", pgettext_lazy("sentence", "accepted")
    DISMISSED = "dismissed", pgettext_lazy("sentence", "dismissed")
