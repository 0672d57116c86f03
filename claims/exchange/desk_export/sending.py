"""The file of an export as an answer, from any byte on."""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from claims.choices import ExportKind
from claims.exchange.desk_export import making
from claims.models import DeskExport
from factcheck.newsroom.file_answers import plain_answer
from factcheck.newsroom.models import User

MEDIA_TYPE = "application/zip"


def answer_with_export(
    request: HttpRequest, made: DeskExport, *, by: User
) -> HttpResponseBase | None:
    """None where there is no file, or none any more."""
    if not making.downloadable(made):
        return None
    response = plain_answer(request, making.file_of(made), tag=made.sha256, content_type=MEDIA_TYPE)
    if response is None:
        return None
    if request.method == "GET" and response.status_code in {
        HTTPStatus.OK,
        HTTPStatus.PARTIAL_CONTENT,
    }:
        making.downloaded(made, by=by, whole=response.status_code == HTTPStatus.OK)
    begins = "audit-pack" if made.kind == ExportKind.AUDIT else "export"
    name = f"{begins}-{made.made_at:%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
