"""Files and signed notes through the API: attached as evidence, handed out to those
who may see it.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.evidence import shown_evidence, visible_evidence
from claims.api.serializers.evidence import EvidenceOut
from claims.api.serializers.files_and_notes import LARGEST_MB, FileIn, IdentityOut, NoteIn
from claims.evidence import files, interviews
from claims.evidence.attaching import EvidenceDetails
from claims.evidence.downloads import download
from claims.evidence.files import FileUpload
from claims.evidence.interviews import Note
from claims.models import Claim, ConfidentialIdentity, Evidence
from claims.models.evidence import WORDS
from factcheck.drf.auth import caller
from factcheck.drf.errors import Problem, bad_field
from factcheck.drf.views import get_or_404
from sources.filestore import Bounded, StorageError
from sources.pdftext import PdfError
from sources.plaintext import TextError
from sources.uploads import FileError


class EvidenceFileView(ClaimsView):
    """Views that take in or hand out what was sent."""

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
    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="attach_file",
        request={"multipart/form-data": FileIn},
        responses={201: EvidenceOut, 200: EvidenceOut},
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Attach a file, as multipart/form-data. The same file is one source of the desk; the same
        item is answered with 200.
        """
        user = caller(request)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        told = self._told(request)
        names = ("publisher", "origin", "title", "transcript")
        sent = FileUpload(
            content=told["file"].read(),
            name=told["file"].name,
            **{name: told[name] for name in names},
        )
        known = set(found.evidence.values_list("pk", flat=True))
        return answer(files.attach_file(found, by=user, sent=sent, item=_item(told)), known)

    def _told(self, request: Request) -> dict[str, Any]:
        sent = request.data
        if getattr(request, Bounded.flag, False) and "file" not in sent:
            raise Problem(
                413,
                f"The file has more than {LARGEST_MB} MB. Send the pages that matter, or a smaller"
                " copy.",
            )
        return self.validated(FileIn)

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, UnsupportedMediaType):
            exc = Problem(415, "Send the file and its fields as multipart/form-data.")
        return super().handle_exception(exc)


class ClaimNotes(EvidenceFileView):
    """A signature: so the token must be of its owner's own making, as one that writes
    verdicts is.
    """

    scopes = {"POST": ("evidence:write", "verdicts:write")}

    @extend_schema(
        operation_id="attach_note", request=NoteIn, responses={201: EvidenceOut, 200: EvidenceOut}
    )
    def post(self, request: Request, claim: UUID) -> Response:
        """Sign the note of a conversation and attach it; the same note and item again are answered
        with 200.
        """
        user, told = caller(request), self.validated(NoteIn)
        found = get_or_404(Claim.objects.visible_to(user), claim)
        note = Note(**{name: value for name, value in told.items() if name not in WORDS})
        known = set(found.evidence.values_list("pk", flat=True))
        return answer(interviews.attach_note(found, by=user, note=note, item=_item(told)), known)


class EvidenceFile(EvidenceFileView):
    @extend_schema(
        operation_id="read_file",
        responses={200: OpenApiResponse(OpenApiTypes.BINARY, "The bytes as they were sent.")},
    )
    def get(self, request: Request, evidence: UUID) -> HttpResponseBase:
        """The file an item stands on, to be saved."""
        found = download(get_or_404(visible_evidence(caller(request)), evidence))
        if found is None:
            raise Problem(404, "This item stands on no file.")
        return found

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        answered = super().finalize_response(request, response, *args, **kwargs)
        answered["Cache-Control"] = "private, no-store"
        return answered


class EvidenceIdentity(EvidenceFileView):
    """An admin makes tokens for others, and must not read the name through one of them."""

    scopes = {"GET": ("read", "verdicts:write")}

    @extend_schema(operation_id="read_identity", responses=IdentityOut)
    def get(self, request: Request, evidence: UUID) -> Response:
        """Who a confidential source is: for who wrote it down, and editors of the desk; 404 for
        everybody else.
        """
        user = caller(request)
        item = get_or_404(visible_evidence(user), evidence)
        known = (
            ConfidentialIdentity.objects.visible_to(user)
            .filter(interview__capture=item.capture_id)
            .select_related("by")
            .first()
        )
        if known is None:
            raise Problem(404, "No name is kept for this item, or it is not yours to read.")
        return Response(IdentityOut(known).data)


def _item(told: dict[str, Any]) -> EvidenceDetails:
    return EvidenceDetails(**{name: told[name] for name in WORDS})


def answer(item: Evidence, known: set[int]) -> Response:
    shown = shown_evidence(Evidence.objects.filter(pk=item.pk)).get()
    return Response(EvidenceOut(shown).data, status=200 if item.pk in known else 201)
