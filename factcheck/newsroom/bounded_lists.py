"""Lists whose count stays cheap, however many rows there are."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

# Beyond this nobody needs the exact number, and counting on would cost the page
# seconds.
MOST_COUNTED = 10_000


class BoundedPaginator(Paginator[Any]):
    """Counts and pages the first 10,000 rows; `is_bounded` where there
    are more. Nobody turns two hundred pages, and to count a million
    rows takes seconds.
    """

    @cached_property
    def count(self) -> int:
        return min(self._counted, MOST_COUNTED)

    @property
    def is_bounded(self) -> bool:
        return self._counted > MOST_COUNTED

    @cached_property
    def _counted(self) -> int:
        # Only the key, and in no order: what the list annotates and sorts by would be
        # worked out for each counted row.
        rows = cast("QuerySet[Any]", self.object_list).order_by().values("pk")
        return rows[: MOST_COUNTED + 1].count()
