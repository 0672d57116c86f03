"""Claims: listed, made, read, worded."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.claims import ClaimDetailOut, ClaimIn, ClaimOut, ClaimPatch, ClaimQuery
from claims.api.topics import topic_named
from claims.intake import claim_editing, tips, triage
from claims.intake.claim_editing import ClaimEdit
from claims.intake.tips import TipDetails
from claims.intake.triage import ClaimDetails
from claims.models import Claim, ScheduledPublication, Verdict
from claims.publication.embargo import set_embargo
from claims.publication.translations import set_original
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.ledger import change_context
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import remember_roles
from sources.api.articles import desk_for
from sources.models import Claimant

WORDS = ("text", "claimant", "stated_date", "appearance_url", "due_at")
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description='The ETag you read, such as "v3".'
)


def visible(user: User) -> QuerySet[Claim]:
    return shown(user)


def detail(user: User, claim: UUID, *, status: int = 200) -> Response:
    """One claim as it is now, with its version as ETag."""
    found = get_or_404(visible(user), claim)
    remember_roles(user)
    return Response(
        ClaimDetailOut(found, context={"user": user}).data,
        status=status,
        headers={"ETag": f'"v{found.version}"'},
    )


class Claims(ClaimsView):
    scopes = {"GET": ("read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = ClaimQuery
    url_field = "appearance_url"

    @extend_schema(
        operation_id="list_claims", parameters=[ClaimQuery], responses=page_shape(ClaimOut)
    )
    def get(self, request: Request) -> Response:
        """The claims you may see, newest first."""
        user = caller(request)
        rows = visible(user).filter(**self._filters(user))
        remember_roles(user)
        return self.page_of(rows, ClaimOut, user=user)

    def _filters(self, user: User) -> dict[str, Any]:
        lookups = {
            "status": "status",
            "desk": "desk__public_id",
            "assignee": "assignee__username",
            "q": "text__icontains",
        }
        found = {
            lookup: self.query_params[name]
            for name, lookup in lookups.items()
            if self.query_params.get(name)
        }
        if found.get("assignee__username") == "me":
            found["assignee__username"] = user.username
        return found

    @extend_schema(
        operation_id="make_claim",
        request=ClaimIn,
        responses={201: ClaimDetailOut, 200: ClaimDetailOut},
    )
    def post(self, request: Request) -> Response:
        """Make a claim without an article. The same from the same person, still unfinished, is
        answered with 200.
        """
        user, told = caller(request), self.validated(ClaimIn)
        desk = desk_for(user, "claim.create", told.get("desk"))
        with transaction.atomic():  # a refusal takes a claimant just made back with it
            triage.hold(desk)
            details = ClaimDetails(
                text=told["text"],
                claimant=claimant_of(told.get("claimant"), by=user),
                stated_date=told.get("stated_date"),
                appearance_url=told["appearance_url"],
                language=told.get("language", ""),
                due_at=told.get("due_at"),
                topic=topic_named(told.get("topic"), desk),
            )
            claim, new = triage.create_claim(desk, by=user, details=details)
            if told.get("reader_tip") is not None:
                tips.enter(claim, by=user, sender=TipDetails(**told["reader_tip"]))
        return detail(user, claim.public_id, status=201 if new else 200)


class OneClaim(ClaimsView):
    url_field = "appearance_url"
    scopes = {"GET": ("read",), "PATCH": ("claims:write",)}

    @extend_schema(operation_id="read_claim", responses=ClaimDetailOut)
    def get(self, request: Request, claim: UUID) -> Response:
        """One claim, with what stands in the way of its next moves."""
        return detail(caller(request), claim)

    @extend_schema(
        operation_id="word_claim",
        request=ClaimPatch,
        responses=ClaimDetailOut,
        parameters=[IF_MATCH],
    )
    def patch(self, request: Request, claim: UUID) -> Response:
        """Change the words of a claim, or its embargo. What is left out stays as it is."""
        user, told = caller(request), self.validated(ClaimPatch)
        with transaction.atomic():
            # Locked before it is read: what this request leaves out must be what stands there when
            # it is written.
            found = get_or_404(
                Claim.objects.visible_to(user).select_for_update(of=("self",), no_key=True), claim
            )
            version: int | None = self.required_version(told)
            if "claimant" in told:
                told["claimant"] = claimant_of(told["claimant"], by=user)
            if "translation_of" in told or "language" in told:
                found = set_original(
                    found, by=user, expected_version=version, **_translated(found, told, user)
                )
                version = None  # it was the newest, and is one further now
            words = ClaimEdit(**{name: told.get(name, getattr(found, name)) for name in WORDS})
            if "embargo_until" in told:
                found = set_embargo(
                    found, by=user, until=told["embargo_until"], expected_version=version
                )
                version = None  # it was the newest, and is one further now
            if not {"embargo_until", "translation_of", "language"} & set(told) or any(
                name in told for name in WORDS
            ):
                claim_editing.edit_claim(found, by=user, words=words, expected_version=version)
        return detail(user, claim)


def _translated(claim: Claim, told: dict[str, Any], user: User) -> dict[str, Any]:
    original, wanted = claim.translation_of, told.get("translation_of")
    if "translation_of" in told:
        original = (
            Claim.objects.visible_to(user).filter(public_id=wanted).first() if wanted else None
        )
        if wanted and original is None:
            raise bad_field("translation_of", "There is no such claim, or you may not see it.")
    return {"original": original, "language": told.get("language", claim.language)}


def shown(user: User) -> QuerySet[Claim]:
    """The claims they may see, with all that a list shows and `legal_moves` asks, in as many
    queries for one row as for a hundred.
    """
    authored = (
        Verdict.objects.defer("content", "explanation")
        .select_related("author")
        .prefetch_related("author__memberships")
    )
    claims = Claim.objects.visible_to(user).select_related(
        "desk", "claimant", "assignee", "topic", "suggestion__article"
    )
    return claims.prefetch_related(
        Prefetch("verdicts", authored),
        Prefetch("translation_of", Claim.objects.visible_to(user)),
        Prefetch("merged_into", Claim.objects.visible_to(user)),
        Prefetch("duplicates", Claim.objects.visible_to(user).order_by("pk")),
        Prefetch("schedules", ScheduledPublication.objects.filter(ended_at=None)),
    )


def claimant_of(told: Mapping[str, Any] | None, *, by: User) -> Claimant | None:
    """The claimant of this name and description, made if new: call it where the row it is for is
    locked already.
    """
    if told is None:
        return None
    others = {"kind": told["kind"], "same_as": told["same_as"]}
    name, description = " ".join(told["name"].split()), " ".join(told["description"].split())
    with change_context.acting_as(by):
        return Claimant.objects.get_or_create(name=name, description=description, defaults=others)[
            0
        ]
