"""Requests and responses for claims."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    DictField,
    IntegerField,
    ListField,
    RegexField,
    Serializer,
    SerializerMethodField,
    URLField,
    UUIDField,
)

from claims.api.serializers.priorities import PriorityWord
from claims.choices import Action, Age, Due, Priority, Status
from claims.extraction.reader_wording import LONGEST
from claims.intake.similar_claims import MAX_DUPLICATES
from claims.models import Claim, Rating
from claims.rules.content import current_content_hash, working_verdict
from claims.workflow import PossibleActions, legal_moves
from claims.workflow.schedule import planned
from factcheck.drf.lists import ChangesQuery, days, ordering, search
from factcheck.drf.serializers import Moment, Strict, Text, Version
from factcheck.newsroom.choices import RiskTier
from factcheck.newsroom.permissions import may
from sources.choices import ClaimantKind, LinkState

LONGEST_CLAIM = 2000


class Language(RegexField):
    """The shape of a BCP 47 tag; whether the subtags are registered is not checked."""

    default_error_messages = {
        "invalid": gettext_lazy("Send the code of a language, such as en or pt-BR."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=16, **kwargs)


def address_of(claim: Claim) -> str:
    return f"{settings.SITE_URL}/verdicts/{claim.address}/" if claim.slug else ""


class ClaimantIn(Strict):
    """Who made the claim. An existing claimant of this name and description is used
    unchanged.
    """

    name = Text(max_length=200)
    kind = ChoiceField(ClaimantKind.choices, required=False, default=ClaimantKind.PERSON)
    description = Text(required=False, default="", allow_blank=True, max_length=200)
    same_as = URLField(required=False, default="", allow_blank=True, max_length=500)


class TipIn(Strict):
    """The reader who sent the claim in: visible to those who work on it, erased later.
    At least one of name, contact and message.
    """

    name = Text(required=False, default="", allow_blank=True, max_length=200)
    contact = Text(required=False, default="", allow_blank=True, max_length=300)
    message = Text(required=False, default="", allow_blank=True, max_length=5000)
    received_at = Moment(
        required=False, allow_null=True, default=None, help_text="Defaults to now."
    )


def also_field() -> ListField:
    return ListField(
        child=UUIDField(),
        required=False,
        max_length=MAX_DUPLICATES,
        help_text="Near-duplicates in other articles of the desk, decided alike.",
    )


class AcceptIn(Strict):
    """What should differ from the suggestion. Without `claimant` the claim gets the
    proposed one; null means nobody.
    """

    text = Text(required=False, allow_blank=True, max_length=LONGEST_CLAIM)
    wording = Text(
        required=False,
        allow_blank=True,
        max_length=LONGEST,
        help_text="For readers. Without it as proposed, if text stays; empty for the text itself.",
    )
    claimant = ClaimantIn(required=False, allow_null=True)
    stated_date = DateField(required=False, allow_null=True)
    due_at = Moment(required=False, allow_null=True)
    also = also_field()


class ClaimPatch(Strict):
    text = Text(max_length=LONGEST_CLAIM, required=False)
    wording = Text(required=False, allow_blank=True, max_length=LONGEST)
    claimant = ClaimantIn(required=False, allow_null=True)
    stated_date = DateField(required=False, allow_null=True)
    appearance_url = Text(required=False, allow_blank=True, max_length=2000)
    due_at = Moment(required=False, allow_null=True)
    language = Language(required=False, help_text="BCP 47.")
    translation_of = UUIDField(
        required=False,
        allow_null=True,
        help_text="The claim in another language that this one is a translation of.",
    )
    embargo_until = Moment(
        required=False,
        allow_null=True,
        help_text="Editors set, move or (null) lift it before the first publication.",
    )
    version = Version(required=False, help_text="The version you read; or send If-Match.")


class ClaimIn(Strict):
    desk = UUIDField(required=False, help_text="Optional if you create claims on one desk only.")
    text = Text(max_length=LONGEST_CLAIM)
    wording = Text(
        required=False,
        default="",
        allow_blank=True,
        max_length=LONGEST,
        help_text="Title and address of the public page; empty for the text itself.",
    )
    claimant = ClaimantIn(required=False, allow_null=True)
    stated_date = DateField(required=False, allow_null=True)
    appearance_url = Text(required=False, default="", allow_blank=True, max_length=2000)
    language = Language(required=False, help_text="BCP 47; defaults to en.")
    due_at = Moment(required=False, allow_null=True)
    topic = Text(
        required=False,
        allow_null=True,
        max_length=80,
        help_text="A topic of the desk, from GET topics/.",
    )
    reader_tip = TipIn(required=False, allow_null=True)
    again = BooleanField(
        required=False,
        default=False,
        help_text="Create another claim although the desk has finished one just like it.",
    )


class ClaimQuery(ChangesQuery):
    ordering = ordering("created_at", "due_at", "priority", "stated_date")
    status = ChoiceField(Status.choices, required=False)
    priority = ChoiceField(Priority.words(), required=False)
    risk = ChoiceField([*RiskTier.choices, ("none", "no tier")], required=False)
    tag = CharField(required=False, max_length=40, help_text="Case makes no difference.")
    desk = UUIDField(required=False)
    article = UUIDField(required=False, help_text="Found in this article.")
    assignee = CharField(required=False, max_length=150, help_text="me, none, or a username.")
    checker = CharField(
        required=False, max_length=150, help_text="Who wrote the verdict: me, or a username."
    )
    topic = CharField(required=False, max_length=80, help_text="none, or the name of a topic.")
    rating = CharField(required=False, max_length=60, help_text="The name of a rating.")
    publisher = CharField(
        required=False, max_length=200, help_text="Cited: a part of its name or domain."
    )
    link_state = ChoiceField(
        [*LinkState.choices, ("dead", "confirmed dead")],
        required=False,
        help_text="Of a page that is cited.",
    )
    age = ChoiceField(Age.choices, required=False, help_text="Since it was received.")
    received_from, received_to = days("Received")
    due_from, due_to = days("Due")
    stated_from, stated_to = days("Stated")
    published_from, published_to = days("First published")
    claimant = CharField(required=False, max_length=200, help_text="A part of their name.")
    language = Language(required=False, help_text="BCP 47; “de” finds de-AT.")
    due = ChoiceField(
        Due.choices,
        required=False,
        help_text="By the clock of each claim's desk. Unfinished claims only, but for none.",
    )
    q = search("claim, wording, claimant and verdict")


class ClaimantOut(Serializer[Any]):
    name = CharField()
    kind = ChoiceField(ClaimantKind.choices)
    description = CharField()
    same_as = CharField()


class ClaimOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    desk = UUIDField(source="desk.public_id")
    text = CharField()
    wording = CharField(help_text="For readers; empty where they get the text.")
    claimant = ClaimantOut(allow_null=True)
    stated_date = DateField(allow_null=True)
    appearance_url = CharField()
    language = CharField()
    translation_of = UUIDField(
        source="visible_original.public_id",
        allow_null=True,
        help_text="The claim this one translates, if the caller can see it.",
    )
    due_at = DateTimeField(allow_null=True)
    priority = PriorityWord(source="priority_word")
    priority_reason = CharField(help_text="Why it was last raised or lowered.")
    risk = ChoiceField(RiskTier.choices, allow_blank=True, help_text="Empty for no tier.")
    sources_needed = IntegerField(help_text="By the desk's own rule, or the tier's if higher.")
    embargo_until = DateTimeField(
        allow_null=True, help_text="Nothing is published before this time."
    )
    scheduled_at = SerializerMethodField(
        help_text="When it is published automatically; null if not scheduled."
    )
    schedule_error = SerializerMethodField(
        help_text="Why scheduled publication failed; otherwise empty."
    )
    status = ChoiceField(Status.choices)
    version = IntegerField()
    assignee = CharField(source="assignee.username", allow_null=True)
    suggestion = UUIDField(source="suggestion.public_id", allow_null=True)
    created_at = DateTimeField()
    topic = CharField(source="topic.name", allow_null=True)
    tags = SerializerMethodField(help_text="In alphabetical order.")
    from_reader = BooleanField(
        help_text="A reader sent it in; GET tip/ shows who, to those who work on it."
    )
    address = SerializerMethodField(help_text="The public page; empty before publication.")
    merged_into = UUIDField(
        source="visible_survivor.public_id",
        allow_null=True,
        help_text="The claim it was merged into.",
    )
    duplicates = SerializerMethodField(
        help_text="The claims merged into this one that the caller can see."
    )
    moves = SerializerMethodField(help_text="The actions the caller may apply now.")

    @extend_schema_field(DateTimeField(allow_null=True))
    def get_scheduled_at(self, claim: Claim) -> str | None:
        schedule = planned(claim)
        return DateTimeField().to_representation(schedule.at) if schedule else None

    def get_schedule_error(self, claim: Claim) -> str:
        schedule = planned(claim)
        if schedule is None or not schedule.failed:
            return ""
        # The reason may quote evidence, which some who see the claim may not read.
        return (
            schedule.last_error
            if may(self.context["user"], "evidence.view", claim)
            else _("Scheduled publication failed. Ask an editor of the desk.")
        )

    @extend_schema_field(ListField(child=CharField()))
    def get_tags(self, claim: Claim) -> list[str]:
        return [tag.name for tag in claim.tags.all()]

    def get_address(self, claim: Claim) -> str:
        return address_of(claim)

    def get_duplicates(self, claim: Any) -> list[UUID]:
        return [duplicate.public_id for duplicate in claim.visible_duplicates]

    @extend_schema_field(ListField(child=ChoiceField(Action.choices)))
    def get_moves(self, claim: Claim) -> list[str]:
        return [str(action) for action in legal_moves(claim, self.context["user"])]


class UnmetRequirementOut(Serializer[Any]):
    code = CharField()
    text = CharField()
    anchor = CharField(
        help_text="The section of the workbench, or the field of the action, where it is fixed."
    )


class ClaimDetailOut(ClaimOut):
    content_hash = SerializerMethodField(
        help_text=(
            "SHA-256 of what a signature would cover now; empty without a verdict, or if you may"
            " not read the evidence."
        )
    )
    needs_reply = SerializerMethodField(
        help_text="The ratings in use with which this claimant must be asked for a reply first."
    )
    missing = SerializerMethodField(help_text="The unmet requirements of each action that has any.")

    def get_content_hash(self, claim: Claim) -> str:
        return (
            current_content_hash(claim, working_verdict(claim))
            if may(self.context["user"], "evidence.view", claim)
            else ""
        )

    @extend_schema_field(ListField(child=CharField()))
    def get_needs_reply(self, claim: Claim) -> list[str]:
        if claim.claimant_id is None:
            return []
        asking = Rating.objects.filter(scale__in_use=True, needs_reply=True)
        return list(asking.order_by("scale__name", "position").values_list("name", flat=True))

    @extend_schema_field(DictField(child=UnmetRequirementOut(many=True)))
    def get_missing(self, claim: Claim) -> dict[str, list[dict[str, str]]]:
        user = self.context["user"]
        outlook = PossibleActions(claim, user)
        unmet = {str(action): outlook.missing(action) for action in legal_moves(claim, user)}
        return {
            action: [dict(UnmetRequirementOut(requirement).data) for requirement in requirements]
            for action, requirements in unmet.items()
            if requirements
        }


class TakenOut(Serializer[Any]):
    claim = UUIDField(allow_null=True, help_text="Now yours; null where nothing is left.")
    barred = IntegerField(help_text="Passed over because of a conflict of interest.")
