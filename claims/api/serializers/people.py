"""Requests and responses for people, their roles and their accounts."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    EmailField,
    Serializer,
    SerializerMethodField,
    UUIDField,
)

from factcheck.drf.serializers import PageQuery, Strict, Text
from factcheck.newsroom.account_actions import ACTIONS
from factcheck.newsroom.account_states import AccountState, state_of
from factcheck.newsroom.choices import PEOPLE_ROLES
from factcheck.newsroom.models import User

ROLES = [(role.value, role.label) for role in PEOPLE_ROLES]
STATES = ("active", "invited", "locked")
USERNAME = "For signing in and for mentions (@name)."


class PeopleQuery(PageQuery):
    desk = UUIDField(required=False, help_text="Who has or had a role there.")
    account = ChoiceField(STATES, required=False)
    q = Text(required=False, max_length=150, help_text="A part of a name or an address.")


class InvitationIn(Strict):
    byline = Text(required=False, allow_blank=True, max_length=150, help_text="The name.")
    email = EmailField(max_length=254, help_text="The invitation goes there.")
    username = Text(
        required=False,
        allow_blank=True,
        max_length=150,
        help_text=f"{USERNAME} Left out, it is made of the address.",
    )
    desk = UUIDField(help_text="Of their first role.")
    role = ChoiceField(ROLES)
    end_date = DateField(required=False, allow_null=True, help_text="The last day of the role.")
    assigned_only = BooleanField(required=False, help_text="Limit the role to assigned work.")


class PersonPatch(Strict):
    username = Text(required=False, max_length=150, help_text=USERNAME)
    byline = Text(required=False, allow_blank=True, max_length=150)
    first_name = Text(required=False, allow_blank=True, max_length=150)
    last_name = Text(required=False, allow_blank=True, max_length=150)
    email = EmailField(required=False, max_length=254)


class AccountActionIn(Strict):
    action = ChoiceField(
        [(name, action.label) for name, action in ACTIONS.items()],
        help_text="`lock` deactivates the account, `unlock` opens it again.",
    )


class RoleQuery(PageQuery):
    desk = UUIDField(required=False)
    person = CharField(required=False, max_length=150, help_text="A username.")
    role = ChoiceField(ROLES, required=False)
    current = BooleanField(required=False, allow_null=True, default=None)


class RoleIn(Strict):
    person = Text(max_length=150, help_text="A username, also of somebody of another desk.")
    desk = UUIDField()
    role = ChoiceField(ROLES)
    end_date = DateField(
        required=False, allow_null=True, help_text="The last day; a day before today ends it now."
    )
    assigned_only = BooleanField(required=False)


class RoleOut(Serializer[Any]):
    person = CharField(source="user.username")
    desk = UUIDField(source="desk.public_id")
    role = ChoiceField(ROLES)
    end_date = DateField(allow_null=True)
    assigned_only = BooleanField()


class PersonOut(Serializer[Any]):
    id = UUIDField(source="public_id")
    username = CharField()
    name = CharField(source="*", help_text="As it is shown.")
    byline = CharField()
    first_name = CharField()
    last_name = CharField()
    email = CharField()
    account = SerializerMethodField()
    last_login = DateTimeField(allow_null=True)
    date_joined = DateTimeField()
    roles = RoleOut(many=True, source="memberships.all")

    @extend_schema_field(ChoiceField(AccountState.choices))
    def get_account(self, person: User) -> str:
        return state_of(person).value
