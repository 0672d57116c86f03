"""Uploaded files and signed interview notes over the API: attach them as evidence,
download them.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.evidence import EvidenceOut
from claims.api.serializers.files_and_notes import LARGEST_MB, FileIn, NoteIn
from claims.api.shown import shown_evidence, visible_evidence
from claims.evidence import files, interviews
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.downloads import TYPES, download
from claims.evidence.files import FileUpload
from claims.evidence.interviews import Note
from claims.models import Claim, Evidence
from claims.models.evidence import WORDS
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem, bad_field
from factcheck.drf.parsing import FilesParser
from factcheck.drf.repeats import status_of
from factcheck.drf.schema import downloads
from factcheck.drf.views import AnyAccept, get_or_404
from sources.filestore import Bounded, StorageError
from sources.pdftext import PdfError
from sources.plaintext import TextError
from sources.uploads import FileError


class EvidenceFileView(ClaimsView):
    """Views that receive or return files: storage and reading errors become
    problems.
    """

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, (FileError, PdfError)):
            return super().handle_exception(bad_field("file", str(exc)))
        if isinstance(exc, TextError):
            return super().handle_exception(bad_field("text", str(exc)))
        return super().handle_exception(
            Problem(507, str(exc)) if isinstance(exc, StorageError) else exc
        )


class ClaimFiles(EvidenceFileView):
    scopes = {"POST": ("evidence:write",)}
    parser_classes = (FilesParser,)

    @extend_schema(
        operation_id="attach_file",
        request={"multipart/form-data": FileIn},
        responses={201: EvidenceOut, 200: EvidenceOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Attach a file, as multipart/form-data. The same file counts as one source of
        the desk; a repeated item is answered with 200.
        """
        user = caller(request)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        data = self._validated(request)
        names = ("publisher", "origin", "title", "transcript")
        upload = FileUpload(
            content=data["file"].read(),
            name=data["file"].name,
            **{name: data[name] for name in names},
        )
        return answer(files.attach_file(claim_row, by=user, sent=upload, item=_item(data)))

    def _validated(self, request: Request) -> dict[str, Any]:
        # Reading `data` runs the upload handlers, which set the flag that is tested
        # next.
        raw_data = request.data
        if getattr(request, Bounded.flag, False) and "file" not in raw_data:
            raise Problem(
                413,
                _(
                    "The file is larger than %(largest_mb)s MB. Upload only the pages that"
                    " matter, or a smaller copy."
                )
                % {"largest_mb": LARGEST_MB},
            )
        return self.validated(FileIn)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, UnsupportedMediaType):
            exc = Problem(415, _("Send the file and its fields as multipart/form-data."))
        return super().handle_exception(exc)


class ClaimNotes(EvidenceFileView):
    # A note is signed: only a token that its owner made may sign, which
    # `verdicts:write` implies.

    scopes = {"POST": ("evidence:write", "verdicts:write")}

    @extend_schema(
        operation_id="attach_interview_note",
        request=NoteIn,
        responses={201: EvidenceOut, 200: EvidenceOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Sign an interview note and attach it; a repeat is answered with 200."""
        user, data = caller(request), self.validated(NoteIn)
        claim_row = get_or_404(Claim.objects.visible_to(user), claim)
        note = Note(**{name: value for name, value in data.items() if name not in WORDS})
        return answer(interviews.attach_note(claim_row, by=user, note=note, item=_item(data)))


class EvidenceFile(EvidenceFileView):
    takes_fields = False
    scopes = {"GET": ("evidence:read",)}
    content_negotiation_class = AnyAccept

    @extend_schema(
        operation_id="read_file",
        responses=downloads(*TYPES, description="The bytes as uploaded."),
    )
    def get(self, request: Request, evidence: UUID) -> HttpResponseBase:
        """The uploaded file of an evidence item, as a download."""
        response = download(get_or_404(visible_evidence(caller(request)), evidence))
        if response is None:
            raise Problem(404, _("This item has no uploaded file."))
        return response

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        finalized = super().finalize_response(request, response, *args, **kwargs)
        # Evidence may be confidential: shared caches are excluded by name, beside
        # no-store.
        finalized["Cache-Control"] = "private, no-store"
        return finalized


def _item(data: dict[str, Any]) -> EvidenceDetails:
    return EvidenceDetails(**{name: data[name] for name in WORDS})


def answer(item: Evidence) -> Response:
    shown = shown_evidence(Evidence.objects.filter(pk=item.pk)).get()
    return Response(EvidenceOut(shown).data, status=status_of(item))
