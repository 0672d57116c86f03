"""People over the API, for those who manage the people of a desk: invite them, change
their details, lock and unlock their accounts.

Nothing here makes a superuser, sets a password or shows a link: letters go to the
person alone.
"""

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.forms import modelform_factory
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ClaimsView
from claims.api.serializers.people import (
    AccountActionIn,
    InvitationIn,
    PeopleQuery,
    PersonOut,
    PersonPatch,
)
from factcheck.drf.auth import caller
from factcheck.drf.forms import checked
from factcheck.drf.serializers import Strict
from factcheck.drf.views import get_or_404, page_shape
from factcheck.ledger import change_context
from factcheck.newsroom.account_actions import ACTIONS
from factcheck.newsroom.account_states import in_state
from factcheck.newsroom.invitation_form import AddressForm, InvitationForm
from factcheck.newsroom.inviting import invite
from factcheck.newsroom.managed import manageable_desks, manageable_people
from factcheck.newsroom.models import Membership, User
from factcheck.newsroom.permissions import may_anywhere

MANAGE = ("people:manage",)
_NAMES = ("username", "byline", "first_name", "last_name", "email")


def require_manager(user: User) -> None:
    if not may_anywhere(user, "people.manage"):
        raise PermissionDenied(_("Only admins of a desk manage its people."))


def _managed(user: User) -> QuerySet[User]:
    require_manager(user)
    # Of people whom another desk has too, an admin here is shown this desk's roles.
    here = Membership.objects.filter(desk__in=manageable_desks(user))
    roles = here.select_related("user", "desk").order_by("desk__name", "role")
    return manageable_people(user).prefetch_related(Prefetch("memberships", roles))


def _answer(user: User, person: UUID, *, status: int = 200) -> Response:
    return Response(PersonOut(get_or_404(_managed(user), person)).data, status=status)


class People(ClaimsView):
    scopes: ClassVar[Any] = {"GET": MANAGE, "POST": MANAGE}
    query: ClassVar[type[Strict]] = PeopleQuery
    order = ("username",)

    @extend_schema(
        operation_id="list_people", parameters=[PeopleQuery], responses=page_shape(PersonOut)
    )
    def get(self, request: Request) -> Response:
        """The people you manage, by username, with their roles on your desks."""
        rows, asked = _managed(caller(request)), self.query_params
        if desk := asked.get("desk"):
            there = Membership.objects.filter(desk__public_id=desk).values("user")
            rows = rows.filter(pk__in=there)
        if state := asked.get("account"):
            rows = in_state(rows, state)
        if words := asked.get("q"):
            found = Q()
            for name in _NAMES:
                found |= Q(**{f"{name}__icontains": words})
            rows = rows.filter(found)
        return self.page_of(rows, PersonOut)

    @extend_schema(operation_id="invite_person", request=InvitationIn, responses={201: PersonOut})
    def post(self, request: Request) -> Response:
        """Invite somebody: a link by which they choose a password goes to their address
        alone. Each address has one account, so a repeat is refused and changes nothing.
        """
        user, data = caller(request), self.validated(InvitationIn)
        require_manager(user)
        form = InvitationForm(data)
        desks: Any = form.fields["desk"]
        desks.queryset, desks.to_field_name = manageable_desks(user), "public_id"
        checked(form)
        person = form.save(commit=False)
        with change_context.acting_as(user):
            invite(person, role=form.first_role(), by=user)
        return _answer(user, person.public_id, status=201)


class OnePerson(ClaimsView):
    scopes: ClassVar[Any] = {"GET": MANAGE, "PATCH": MANAGE}

    @extend_schema(operation_id="read_person", responses=PersonOut)
    def get(self, request: Request, user: UUID) -> Response:
        """One person, with the state of the account."""
        return _answer(caller(request), user)

    @extend_schema(operation_id="edit_person", request=PersonPatch, responses=PersonOut)
    def patch(self, request: Request, user: UUID) -> Response:
        """Change name or address. Fields left out keep their value; whoever loses an
        address is told at it.
        """
        by, data = caller(request), self.validated(PersonPatch)
        row = get_or_404(_managed(by), user)
        with transaction.atomic(), change_context.acting_as(by):
            locked = User.objects.select_for_update(no_key=True).get(pk=row.pk)
            kind = modelform_factory(User, form=AddressForm, fields=list(data))
            form = kind(data, instance=locked)
            checked(form)
            form.save()
        return _answer(by, user)


class PersonAccount(ClaimsView):
    scopes: ClassVar[Any] = {"POST": MANAGE}

    @extend_schema(operation_id="act_on_account", request=AccountActionIn, responses=PersonOut)
    def post(self, request: Request, user: UUID) -> Response:
        """Lock or unlock an account, end its sessions, take its second factor away, or
        send a link by e-mail. Never your own; again is harmless.
        """
        by, data = caller(request), self.validated(AccountActionIn)
        row = get_or_404(_managed(by), user)
        ACTIONS[data["action"]].run(row, by=by)
        return _answer(by, user)
