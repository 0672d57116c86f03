"""Files of long lists: work that a worker does step by step, and the
lines it has made.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.due_work import DueWork
from factcheck.newsroom.list_settings import LONGEST_QUERY


class ListFile(DueWork):
    """A list that somebody wants as a file. It is made as its owner
    sees the list, and read by nobody else.
    """

    task_name = "newsroom.write_list_file"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    screen = models.CharField(max_length=100)
    query = models.TextField(blank=True, max_length=LONGEST_QUERY)
    made_at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=0)
    # How many rows there were when it was begun; NULL before that.
    expected = models.PositiveIntegerField(null=True, blank=True)
    # Newest first: the next step goes on below this key.
    last_key = models.BigIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    # Its lines are deleted then; the row stays and says that it was there.
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("list file")
        verbose_name_plural = _("list files")

    def __str__(self) -> str:
        return f"{self.screen} {self.made_at:%Y-%m-%d %H:%M}"


class ListFilePart(models.Model):
    """The lines of one step, compressed: JSON pairs of a row's key and
    its line. In the database, because the worker that makes a file and
    the server that sends it may be two machines.
    """

    file = models.ForeignKey(ListFile, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    lines = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="listfilepart_once",
                fields=["file", "number"],
                violation_error_message=_("This part is there already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"
