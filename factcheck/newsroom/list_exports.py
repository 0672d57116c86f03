"""Lists as CSV files: short ones at once, long ones by a worker.

The rows are asked for as the list's page asks for them, so that a file
and a page never differ in what they show, nor to whom.
"""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from factcheck.ledger import clock
from factcheck.ledger.due_work import JobState, PermanentWorkError, request, run_due
from factcheck.ledger.nudge import nudge
from factcheck.newsroom.csv_lines import csv_line
from factcheck.newsroom.list_settings import LONGEST_QUERY
from factcheck.newsroom.models import ListFile, ListFilePart, User

# Rows of one step of a worker: a few seconds, well within the time limit of a task.
STEP = 5_000
KEPT = timedelta(hours=24)
# Rows whose access is judged by one query, while a file is sent.
AT_ONCE = 1_000


class FilterError(Exception):
    """The list cannot be asked for this any more."""


def list_of(screen: str) -> ModelAdmin[Any]:
    """The list of this name; Http404 where there is none."""
    try:
        return admin.site.get_model_admin(apps.get_model(screen))
    except (LookupError, ValueError, NotRegistered):
        raise Http404(_("There is no such list.")) from None


def columns_of(screen: str) -> dict[str, str]:
    """The columns of its file, by name; none for a list without one."""
    columns: dict[str, str] = getattr(list_of(screen), "csv_columns", {})
    return columns


def as_asked(user: User, query: str = "") -> HttpRequest:
    """What the list's page would be asked with by this person."""
    asked = HttpRequest()
    asked.method, asked.user = "GET", user
    asked.GET = QueryDict(query)
    return asked


def rows_of(screen: str, asked: HttpRequest) -> QuerySet[Any]:
    """The rows that the page would show, in its order. Raises
    FilterError where the page would show a problem.
    """
    model_admin = list_of(screen)
    if not model_admin.has_view_permission(asked):
        raise FilterError(_("You have no access to this list any more."))
    try:
        shown: Any = model_admin.get_changelist_instance(asked)
    except (IncorrectLookupParameters, SuspiciousOperation) as error:
        raise FilterError(_("A filter of this list no longer exists.")) from error
    if shown.problems:
        raise FilterError(_("A filter of this list makes no sense any more."))
    rows: QuerySet[Any] = shown.queryset.prefetch_related(None)
    more = getattr(model_admin, "csv_rows", None)
    return more(rows) if more else rows


def line_of(row: Any, columns: dict[str, str]) -> str:
    return csv_line(_value(row, path) for path in columns.values())


def _value(row: Any, path: str) -> Any:
    try:
        return attrgetter(path)(row)
    except AttributeError:  # through a row that is not there, such as no assignee
        return ""


def lines(screen: str, rows: QuerySet[Any]) -> Iterator[str]:
    """A short list, line by line."""
    columns = columns_of(screen)
    yield csv_line(columns)
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield line_of(row, columns)


def order(screen: str, query: str, *, by: User) -> ListFile:
    """Have a long list made. The same one again, while it is being
    made, is the one that is there.
    """
    if len(query) > LONGEST_QUERY:
        raise FilterError(_("These are too many filters for one file."))
    with transaction.atomic():
        # The lock of its owner: of two clicks the second finds the first one's file.
        User.objects.select_for_update(no_key=True).get(pk=by.pk)
        same = ListFile.objects.filter(owner=by, screen=screen, query=query)
        going_on = same.filter(job_state__in=(JobState.WAITING, JobState.RUNNING)).first()
        if going_on:
            return going_on
        now = clock.now()
        file = ListFile(owner=by, screen=screen, query=query, made_at=now, expires_at=now + KEPT)
        request(file)
        file.save()
        nudge(ListFile.task_name, file.pk)
    return file


def write(pk: int, *, takeover: bool = False) -> None:
    """One step of a file. The next one is due at once."""
    run_due(ListFile, pk, prepare=_step, store=_store, takeover=takeover)


def _step(file: ListFile) -> tuple[list[tuple[int, str]], int]:
    """(key and line of the next rows, how many rows there are)."""
    try:
        rows = rows_of(file.screen, as_asked(file.owner, file.query))
    except FilterError as error:
        raise PermanentWorkError(str(error)) from error
    expected = rows.order_by().count() if file.expected is None else file.expected
    below = rows if file.last_key is None else rows.filter(pk__lt=file.last_key)
    columns = columns_of(file.screen)
    found = below.order_by("-pk")[:STEP]
    return [(row.pk, line_of(row, columns)) for row in found], expected


def _store(file: ListFile, made: tuple[list[tuple[int, str]], int]) -> None:
    step, file.expected = made
    if step:
        packed = zlib.compress(json.dumps(step).encode())
        ListFilePart.objects.create(file=file, number=file.rows, lines=packed)
        file.rows += len(step)
        file.last_key = step[-1][0]
    if len(step) < STEP:
        file.finished_at = clock.now()
        file.expires_at = file.finished_at + KEPT
    else:
        # A step that was made is no failed attempt, however many a file needs.
        request(file)
        nudge(ListFile.task_name, file.pk)
    file.save()


def sent_lines(file: ListFile, by: User) -> Iterator[str]:
    """The lines of a finished file; of the rows that its owner may see
    at this moment, for access may have ended since it was made.
    """
    yield csv_line(columns_of(file.screen))
    visible = list_of(file.screen).get_queryset(as_asked(by)).order_by()
    for part in file.parts.order_by("number").iterator(chunk_size=1):
        made = json.loads(zlib.decompress(part.lines))
        for start in range(0, len(made), AT_ONCE):
            some = made[start : start + AT_ONCE]
            keys = [key for key, _line in some]
            seen = set(visible.filter(pk__among=keys).values_list("pk", flat=True))
            yield "".join(line for key, line in some if key in seen)


def delete_expired(now: datetime | None = None) -> int:
    """Delete the lines of files whose time is over. One that is still
    being made keeps them: it goes on below its last row, and would be
    handed out without those above.
    """
    over = ListFilePart.objects.filter(file__expires_at__lte=now or clock.now())
    unfinished = (JobState.WAITING, JobState.RUNNING)
    return over.exclude(file__job_state__in=unfinished).delete()[0]
