"""Claims over the API: list, create, read and edit."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.claim_filters import narrowed
from claims.api.expansions import OF_CLAIMS
from claims.api.serializers.claims import ClaimDetailOut, ClaimIn, ClaimOut, ClaimPatch, ClaimQuery
from claims.api.shown import shown_claims
from claims.api.topics import topic_named
from claims.intake import claim_editing, tips, triage
from claims.intake.claim_editing import ClaimEdit
from claims.intake.tips import TipDetails
from claims.intake.triage import ClaimDetails
from claims.models import Claim
from claims.publication.embargo import set_embargo
from claims.publication.translations import set_original
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.lists import Order
from factcheck.drf.serializers import Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import remember_roles
from sources.api.articles import desk_for
from sources.claimants import get_or_create_claimant
from sources.models import Claimant

# What claim_editing saves together; embargo, language and translation have commands of
# their own.
WORDS = ("text", "wording", "claimant", "stated_date", "appearance_url", "due_at")
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description='The ETag you read, such as "v3".'
)


def detail(user: User, claim: UUID, *, status: int = 200) -> Response:
    """One claim as it is now, with its version as ETag."""
    claim_row = get_or_404(shown_claims(user), claim)
    # The serializer asks `may` for every action: without this each would be a query.
    remember_roles(user)
    return Response(
        ClaimDetailOut(claim_row, context={"user": user}).data,
        status=status,
        headers={"ETag": f'"v{claim_row.version}"'},
    )


class Claims(ClaimsView):
    expansions = OF_CLAIMS
    scopes = {"GET": ("claims:read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = ClaimQuery
    # As the indexes are; claims have their numbers in the order in which they came.
    orders: ClassVar[Mapping[str, Order]] = {
        "created_at": ("pk",),
        "priority": ("priority", "due_at", "-created_at", "-pk"),
    }
    url_field = "appearance_url"

    @extend_schema(
        operation_id="list_claims", parameters=[ClaimQuery], responses=page_shape(ClaimOut)
    )
    def get(self, request: Request) -> Response:
        """The claims you may see, newest first unless `ordering` says otherwise."""
        user = caller(request)
        rows = narrowed(shown_claims(user), self.query_params, user)
        return self.page_of(rows, ClaimOut, user=user)

    @extend_schema(
        operation_id="create_claim",
        request=ClaimIn,
        responses={201: ClaimDetailOut, 200: ClaimDetailOut},
    )
    def post(self, request: Request) -> Response:
        """Create a claim without an article. A repeat by the same person while the
        first is unfinished is answered with 200, and so is one in the words of a claim
        that the desk has finished (published, declined or merged), unless `again`.
        """
        user, data = caller(request), self.validated(ClaimIn)
        desk = desk_for(user, "claim.create", data.get("desk"))
        # One transaction: a refusal must also undo the claimant that was created for
        # it.
        with transaction.atomic():
            # Before the claimant: two identical requests must queue here, or both
            # create a claim.
            triage.hold(desk)
            details = ClaimDetails(
                text=data["text"],
                wording=data["wording"],
                claimant=claimant_of(data.get("claimant"), desk=desk, by=user),
                stated_date=data.get("stated_date"),
                appearance_url=data["appearance_url"],
                language=data.get("language", ""),
                due_at=data.get("due_at"),
                topic=topic_named(data.get("topic"), desk),
            )
            claim, new = triage.create_claim(desk, by=user, details=details, once=not data["again"])
            if data.get("reader_tip") is not None:
                tips.add_tip(claim, by=user, details=TipDetails(**data["reader_tip"]))
        return detail(user, claim.public_id, status=201 if new else 200)


class OneClaim(ClaimsView):
    expansions = OF_CLAIMS
    url_field = "appearance_url"
    scopes = {"GET": ("claims:read",), "PATCH": ("claims:write",)}

    @extend_schema(operation_id="read_claim", responses=ClaimDetailOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """One claim, with the unmet requirements of its next actions."""
        return detail(caller(request), claim)

    @extend_schema(
        operation_id="edit_claim",
        request=ClaimPatch,
        responses=ClaimDetailOut,
        parameters=[IF_MATCH],
    )
    def patch(self, request: Request, claim: UUID) -> Response:
        """Edit a claim or its embargo. Fields left out keep their value."""
        user, data = caller(request), self.validated(ClaimPatch)
        with transaction.atomic():
            # Lock before reading: fields this request leaves out are written back as
            # read, and must not undo an edit that commits in between.
            claim_row = get_or_404(
                Claim.objects.visible_to(user).select_for_update(of=("self",), no_key=True), claim
            )
            version: int | None = self.required_version(data)
            if "claimant" in data:
                data["claimant"] = claimant_of(
                    data["claimant"], desk=claim_row.desk, by=user, now=claim_row.claimant
                )
            if "translation_of" in data or "language" in data:
                claim_row = _set_original(claim_row, data, by=user, version=version)
                # Checked already; the command has just raised it by one.
                version = None
            words = ClaimEdit(**{name: data.get(name, getattr(claim_row, name)) for name in WORDS})
            if "embargo_until" in data:
                claim_row = set_embargo(
                    claim_row, by=user, until=data["embargo_until"], expected_version=version
                )
                version = None
            # A request of nothing but a version is an edit too, and must be checked
            # against it.
            if not {"embargo_until", "translation_of", "language"} & set(data) or any(
                name in data for name in WORDS
            ):
                claim_editing.edit_claim(claim_row, by=user, words=words, expected_version=version)
        return detail(user, claim)


def _set_original(claim: Claim, data: dict[str, Any], *, by: User, version: int | None) -> Claim:
    words = _translated(claim, data, by)
    try:
        return set_original(claim, by=by, expected_version=version, **words)
    except ValidationError as error:
        # Named as the request names it.
        faults = error.message_dict
        if "original" in faults:
            faults["translation_of"] = faults.pop("original")
        raise ValidationError(faults) from error


def _translated(claim: Claim, data: dict[str, Any], user: User) -> dict[str, Any]:
    original, original_id = claim.translation_of, data.get("translation_of")
    if "translation_of" in data:
        original = (
            Claim.objects.visible_to(user).filter(public_id=original_id).first()
            if original_id
            else None
        )
        if original_id and original is None:
            raise bad_field("translation_of", _("Claim not found, or you do not have access."))
    return {"original": original, "language": data.get("language", claim.language)}


def claimant_of(
    data: Mapping[str, Any] | None, *, desk: Desk, by: User, now: Claimant | None = None
) -> Claimant | None:
    """The claimant of this name and description that the desk knows, created if new.
    `now` is whom the row names already.

    Call it after locking the row it is for: creating one takes the lock of the audit
    log, which comes after every other lock.
    """
    if data is None:
        return None
    others = {"kind": data["kind"], "same_as": data["same_as"]}
    name, description = " ".join(data["name"].split()), " ".join(data["description"].split())
    return get_or_create_claimant(name, description, desk=desk, by=by, now=now, **others)
