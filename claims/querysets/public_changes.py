"""The version of what readers see."""

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Sum

if TYPE_CHECKING:
    # Names in annotations: the models import their querysets from here.
    from claims.models import PublicChange  # noqa: F401


class PublicChangeQuerySet(models.QuerySet["PublicChange"]):
    def version(self) -> int:
        """Another one as soon as a change is committed, and never the
        same again. One query on a table of few rows.
        """
        total: int | None = self.aggregate(total=Sum("number"))["total"]
        return total or 0

    def merge(self) -> None:
        """Make one row of all, so that their sum stays quick to read;
        the version stays the same.
        """
        with transaction.atomic():
            # A second worker that merges at the same time skips these rows, so no
            # number is added twice.
            rows = dict(self.select_for_update(skip_locked=True).values_list("pk", "number"))
            if len(rows) > 1:
                self.filter(pk__among=list(rows)).delete()
                self.create(number=sum(rows.values()))
