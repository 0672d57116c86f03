"""Topics over the API: list and add those of a desk, and set the topic of a claim."""

from typing import ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.topics import TopicIn, TopicOfClaim, TopicOut, TopicPatch
from claims.intake import topics
from claims.models import Claim, Topic
from factcheck.drf.auth import caller
from factcheck.drf.errors import bad_field
from factcheck.drf.serializers import PageQuery, Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.newsroom.models import Desk
from factcheck.newsroom.permissions import may
from sources.api.articles import desk_for


def topic_named(name: str | None, desk: Desk) -> Topic | None:
    """The desk's topic of this name, None for None. Raises a 400 that lists the topics
    there are.
    """
    if name is None:
        return None
    offered = Topic.objects.filter(desk=desk)
    topic = offered.filter(name=" ".join(name.split())).first()
    if topic is None:
        topic_names = ", ".join(offered.values_list("name", flat=True))
        if not topic_names:
            raise bad_field(
                "topic", _("%(desk)s has no topics yet. Ask an editor to add one.") % {"desk": desk}
            )
        raise bad_field(
            "topic",
            _("%(desk)s has no topic of this name. Choose one of: %(topic_names)s.")
            % {"desk": desk, "topic_names": topic_names},
        )
    return topic


class Topics(ClaimsView):
    scopes = {"GET": ("claims:read",), "POST": ("claims:write",)}
    query: ClassVar[type[Strict]] = PageQuery
    order = ("pk",)

    @extend_schema(
        operation_id="list_topics", parameters=[PageQuery], responses=page_shape(TopicOut)
    )
    def get(self, request: Request) -> Response:
        """The topics of your desks."""
        return self.page_of(
            Topic.objects.visible_to(caller(request)).select_related("desk"), TopicOut
        )

    @extend_schema(
        operation_id="add_topic", request=TopicIn, responses={201: TopicOut, 200: TopicOut}
    )
    def post(self, request: Request) -> Response:
        """Add a topic. One the desk already has is answered with 200."""
        user, data = caller(request), self.validated(TopicIn)
        topic, new = topics.add_topic(
            desk_for(user, "topic.manage", data.get("desk")), by=user, name=data["name"]
        )
        return Response(TopicOut(topic).data, status=201 if new else 200)


class OneTopic(ClaimsView):
    http_method_names = ["patch"]
    scopes = {"PATCH": ("claims:write",)}

    @extend_schema(operation_id="rename_topic", request=TopicPatch, responses=TopicOut)
    def patch(self, request: Request, topic: UUID) -> Response:
        """Rename a topic, also on the claims that have it."""
        user, data = caller(request), self.validated(TopicPatch)
        row = get_or_404(Topic.objects.visible_to(user).select_related("desk"), topic)
        return Response(TopicOut(topics.rename_topic(row, by=user, name=data["name"])).data)


class ClaimTopic(ClaimsView):
    scopes = {"PUT": ("claims:write",)}

    @extend_schema(operation_id="choose_topic", request=TopicOfClaim, responses=TopicOfClaim)
    def put(self, request: Request, claim: UUID) -> Response:
        """Set the topic of the claim, also after publication: it is not part of what is
        signed.
        """
        user, data = caller(request), self.validated(TopicOfClaim)
        claim_row = get_or_404(Claim.objects.visible_to(user).select_related("desk"), claim)
        # First: the refusal of an unknown topic lists all topics of the desk.
        if not may(user, "claim.topic", claim_row):
            raise PermissionDenied(
                _("Your role on %(desk)s does not allow you to set the topic.")
                % {"desk": claim_row.desk}
            )
        topic = topic_named(data["topic"], claim_row.desk)
        topics.set_topic(claim_row, by=user, topic=topic)
        return Response({"topic": topic.name if topic else None})
