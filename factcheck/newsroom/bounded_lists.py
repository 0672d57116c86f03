"""Lists whose count stays cheap, however many rows there are."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

# Beyond this nobody needs the exact number, and counting on would cost the page
# seconds.
MOST_COUNTED = 10_000
# Of a search: what its words stand in is looked up row by row.
MOST_FOUND = 1_000


class BoundedPaginator(Paginator[Any]):
    """Counts and pages the first 10,000 rows, or 1,000 that a search
    found; `is_bounded` where there are more. Nobody turns two hundred
    pages, and to count a million rows takes seconds.
    """

    # The same rows, asked for in the way that counts them soonest.
    found: QuerySet[Any] | None = None

    @property
    def most(self) -> int:
        return MOST_COUNTED if self.found is None else MOST_FOUND

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.most)

    @property
    def is_bounded(self) -> bool:
        return self._counted > self.most

    @cached_property
    def _counted(self) -> int:
        # Only the key, and in no order: what the list annotates and sorts by would be
        # worked out for each counted row.
        rows = self.object_list if self.found is None else self.found
        rows = cast("QuerySet[Any]", rows).order_by().values("pk")
        return rows[: self.most + 1].count()
