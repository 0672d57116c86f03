"""People, memberships and API tokens; desks, grants and letters have
files of their own.
"""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.ledger import clock
from factcheck.ledger.audited import Audited
from factcheck.newsroom import account_seals
from factcheck.newsroom.access_grants import AccessGrant as AccessGrant
from factcheck.newsroom.choices import READ_SCOPES, GrantKind, Role, Scope
from factcheck.newsroom.desks import Desk as Desk
from factcheck.newsroom.desks import valid_zone as valid_zone
from factcheck.newsroom.idempotency_keys import IdempotencyKey as IdempotencyKey
from factcheck.newsroom.list_files import ListFile as ListFile
from factcheck.newsroom.list_files import ListFilePart as ListFilePart
from factcheck.newsroom.list_settings import ListSetting as ListSetting
from factcheck.newsroom.list_settings import SavedView as SavedView
from factcheck.newsroom.outbox import Mail as Mail
from factcheck.newsroom.signals import (
    access_narrowed,
    address_changed,
    password_changed,
    token_made,
)

# Roles that can be limited to assigned work.
ASSIGNABLE = (Role.REPORTER, Role.CHECKER, Role.EDITOR)


class User(Audited, AbstractUser):
    """A person, or a service account. What they may do comes from their
    memberships; `is_superuser` gives no editorial power.
    """

    unaudited = {
        "public_id": "a random name that never changes",
        "last_login": "every sign-in is an entry of its own",
        "date_joined": "the entry says when",
        "language": "changes nothing but what this person reads",
        "link_number": "each link that is asked for is an entry of its own",
        "link_expires_at": "see link_number",
        "session_number": "ending somebody's sessions is an entry of its own",
        "shortcuts": "a convenience, which gives nobody anything",
    }
    # Names are not redacted: they are published under what people signed.
    redacted = frozenset({"password", "email"})
    events = {"password": "password"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    byline = models.CharField(
        max_length=150,
        blank=True,
        help_text=gettext_lazy(
            "Name published under verdicts. Leave empty to use the full name or username."
        ),
    )

    # Of the screens and letters; empty for what the browser asks for.
    language = models.CharField(max_length=10, blank=True, default="", editable=False)

    # Links to set a password: see account_links. Only the one with this number counts,
    # and it has no end before it was sent.
    link_number = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    link_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Part of what a session is checked by: raising it ends them all.
    session_number = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    # Keys that act on a page outside of its fields.
    shortcuts = models.BooleanField(default=True, db_default=True)
    # Another system, which comes by tokens alone: see service_accounts.
    is_service = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="user_service_never_signs_in",
                condition=Q(is_service=False)
                | Q(email="", is_superuser=False, password__startswith="!"),  # noqa: S106 (unusable)
                violation_error_message=gettext_lazy(
                    "A service account has no password, no e-mail address and no power of a"
                    " superuser."
                ),
            )
        ]

    def __str__(self) -> str:
        name = self.byline or self.get_full_name() or self.username
        # Wherever people are named it must be plain that this is none.
        return _("%(name)s (service account)") % {"name": name} if self.is_service else name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's hash ends all sessions with a change of the password; with the number
        # they can be ended without one.
        numbered: str = salted_hmac(
            "factcheck.newsroom.session",
            f"{self.password}{self.session_number}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()
        return numbered

    def audit_marks(self, before: "User | None") -> dict[str, list[Any]]:
        # Of the password and the address the log says only that they changed; by the
        # seal it can be told whether they were changed without it.
        # The row as it is stored: this one in memory may hold more than was saved.
        seal = account_seals.seal_of(User.objects.get(pk=self.pk))
        if before and account_seals.seal_of(before) == seal:
            return {}
        return {account_seals.SEAL: ["", seal]}

    def was_saved(self, before: "User | None", changes: Mapping[str, Any]) -> None:
        if self.is_service:
            # No way into it but its tokens, and it signs nothing: who had access to
            # whom is asked of people.
            return
        if before is None:
            AccessGrant.note(self, GrantKind.ACCOUNT)
        else:
            self._note_ways_in(before, changes)
        if self.is_superuser and not (before and before.is_superuser):
            AccessGrant.note(self, GrantKind.SUPERUSER)

    def _note_ways_in(self, before: "User", changes: Mapping[str, Any]) -> None:
        """By each of these, whoever makes the change could use the account."""
        if before.password != self.password:
            AccessGrant.note(self, GrantKind.PASSWORD)
            ApiToken.revoke_all(self)
            password_changed.send(User, user=self)
        if before.email != self.email:
            # The next link to set a password goes there.
            AccessGrant.note(self, GrantKind.ADDRESS)
            if before.email:
                address_changed.send(User, user=self, old_address=before.email)
        if self.is_active and not before.is_active:
            AccessGrant.note(self, GrantKind.REACTIVATION)
        if (before.is_active and not self.is_active) or (
            before.is_superuser and not self.is_superuser
        ):
            access_narrowed.send(User, user=self)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> "MembershipQuerySet":
        # By the date in UTC, like the triggers of night publishing: a membership ends
        # at one moment for all, whatever the time zone of the desk or the server.
        day = on or timezone.now().date()
        return self.filter(Q(end_date__isnull=True) | Q(end_date__gte=day), user__is_active=True)

    def of_whole_desk(self) -> "MembershipQuerySet":
        """Those that count for everything on the desk. Reporters are
        among them: their role reaches only what they submitted, so
        limiting it to assigned work would take that away too.
        """
        return self.filter(Q(assigned_only=False) | Q(role=Role.REPORTER))


class Membership(Audited):
    """One role of one person on one desk; a person may hold several."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)
    end_date = models.DateField(
        null=True,
        blank=True,
        help_text=gettext_lazy("Last day of the membership. Leave empty for no end."),
    )
    assigned_only = models.BooleanField(
        default=False,
        help_text=gettext_lazy("Limit the role to assigned work, for example for freelancers."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="membership_once",
                fields=["user", "desk", "role"],
                violation_error_message=gettext_lazy(
                    "This person already holds this role on this desk."
                ),
            ),
            models.UniqueConstraint(
                name="membership_service_of_one_desk",
                fields=["user"],
                condition=Q(role=Role.SERVICE),
                violation_error_message=gettext_lazy("A service account belongs to one desk."),
            ),
            models.CheckConstraint(
                name="membership_role_known",
                condition=Q(role__in=Role.values),
                violation_error_message=gettext_lazy("Choose one of the listed roles."),
            ),
            models.CheckConstraint(
                name="membership_assigned_only_for_workers",
                condition=Q(assigned_only=False) | Q(role__in=ASSIGNABLE),
                violation_error_message=gettext_lazy(
                    "Only reporters, checkers and editors can be limited to assigned work."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("%(user)s, %(role)s on %(desk)s") % {
            "user": self.user,
            "role": self.get_role_display(),
            "desk": self.desk,
        }

    def was_saved(
        self,
        before: "Membership | None",
        changes: Mapping[str, Any],
    ) -> None:
        # Only more access is a grant; ending or narrowing a role gives nobody anything.
        given = before is None or self._gives_more_than(before)
        if given and self.role != Role.SERVICE:
            AccessGrant.note(
                self.user,
                GrantKind.MEMBERSHIP,
                detail=format_lazy("{}, {}", Role(self.role).label, self.desk),
            )
        elif not given:
            access_narrowed.send(Membership, user=self.user)
        # A token ends with the last role, and does not come back with a new one: by
        # then nobody remembers who has it.
        others = Membership.objects.current().filter(user=self.user).exclude(pk=self.pk)
        ended = not self.counts_on(timezone.now().date())
        began = before is None or not before.counts_on(timezone.now().date())
        if (ended or began) and not others.exists():
            ApiToken.revoke_all(self.user)
        elif given:
            ApiToken.revoke_excess(self.user)

    def _gives_more_than(self, before: "Membership") -> bool:
        other = any(
            getattr(before, name) != getattr(self, name) for name in ("user_id", "desk_id", "role")
        )
        longer = before.end_date is not None and (
            self.end_date is None or self.end_date > before.end_date
        )
        return other or longer or (before.assigned_only and not self.assigned_only)

    def counts_on(self, day: date) -> bool:
        return self.end_date is None or self.end_date >= day

    @property
    def of_whole_desk(self) -> bool:
        return not self.assigned_only or self.role == Role.REPORTER


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def lasting(self, at: datetime) -> "ApiTokenQuerySet":
        """Neither revoked nor expired, and their owners still work here."""
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            revoked_at__isnull=True,
            # Active, and with a role: somebody who has left keeps no key.
            owner__in=Membership.objects.current().values("user"),
        )

    def with_excess_scopes(self) -> "ApiTokenQuerySet":
        """Tokens made by an admin for somebody who now works on a desk
        where that admin never was admin: whoever kept the secret could
        read that desk with it.
        """
        # Past memberships count too: an admin who has left was once entitled to that
        # desk. OuterRef twice, because this subquery stands inside another one: made_by
        # is the token's.
        at_home = Membership.objects.filter(
            user=OuterRef(OuterRef("made_by")), role=Role.ADMIN, desk=OuterRef("desk")
        )
        elsewhere = Membership.objects.current().filter(~Exists(at_home), user=OuterRef("owner"))
        return (
            self.exclude(made_by=F("owner"))
            .exclude(made_by__is_superuser=True)
            .filter(Exists(elsewhere))
        )


class ApiToken(Audited):
    """A key for another system, shown once: only its SHA-256 is stored.
    It can never do more than its owner.
    """

    unaudited = {
        "public_id": "a random name that never changes",
        "digest": "whoever has it could try texts against it",
        "prefix": "the beginning of the secret",
        "created_at": "the entry says when",
        "last_used_at": "use is no change",
    }
    logged_by_key = True
    events = {"revoked_at": "revoke"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("API token")
        verbose_name_plural = gettext_lazy("API tokens")
        constraints = [
            models.CheckConstraint(
                name="apitoken_expires_after_start",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                violation_error_message=gettext_lazy("A token must expire after it was created."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def was_saved(self, before: "ApiToken | None", changes: Mapping[str, Any]) -> None:
        if before is None and not self.owner.is_service:
            AccessGrant.note(self.owner, GrantKind.TOKEN)
            token_made.send(ApiToken, token=self)

    @classmethod
    def revoke_excess(cls, owner: User) -> None:
        """Revoke the owner's tokens that `usable` refuses already, so
        that the audit log and the owner's list say so too. One save
        each: an UPDATE of all would leave no audit entries.
        """
        for token in cls.objects.with_excess_scopes().filter(owner=owner, revoked_at=None):
            token.revoked_at = clock.now()
            token.save(update_fields=["revoked_at"])

    @classmethod
    def revoke_all(cls, owner: User) -> None:
        """One save each, as in `revoke_excess`."""
        for token in cls.objects.filter(owner=owner, revoked_at=None):
            token.revoked_at = clock.now()
            token.save(update_fields=["revoked_at"])

    def allows(self, scope: str) -> bool:
        return scope in self.scopes or (scope in READ_SCOPES and Scope.READ in self.scopes)

    def clean(self) -> None:
        unknown: list[Any] = [scope for scope in self.scopes if scope not in Scope.values]
        if unknown:
            raise ValidationError(
                {
                    "scopes": _("Unknown scope: %(scopes)s.")
                    % {"scopes": ", ".join(map(str, unknown))}
                }
            )


class ServiceAccount(User):
    """The service accounts among the users, for a screen of their own."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("service account")
        verbose_name_plural = gettext_lazy("service accounts")
