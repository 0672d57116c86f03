"""What an admin manages: desks, people, and service accounts of those desks."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from factcheck.newsroom.models import Desk, Membership, User
from factcheck.newsroom.permissions import desks_where


def manageable_desks(by: User) -> QuerySet[Desk]:
    """The desks whose people and settings `by` may change."""
    return (
        Desk.objects.all()
        if by.is_superuser
        else Desk.objects.filter(pk__in=desks_where(by, "people.manage"))
    )


def manageable_people(by: User) -> QuerySet[User]:
    """The people whose account `by` may change, always including `by`.

    Left out are superusers and people who also work on a desk that `by`
    does not manage: setting their password would give `by` powers they
    do not have.
    """
    people = User.objects.filter(is_service=False)
    if by.is_superuser:
        return people
    # Memberships of deactivated people count as well, which current() leaves out:
    # reactivating somebody must not be a way into another desk.
    unended = Membership.objects.filter(Q(end_date=None) | Q(end_date__gte=timezone.now().date()))
    elsewhere = unended.exclude(desk__in=manageable_desks(by))
    others = people.exclude(pk__in=elsewhere.values("user_id")).exclude(is_superuser=True)
    # One queryset by primary key: the exclusions above join, and a join repeats rows.
    return people.filter(Q(pk__in=others.values("pk")) | Q(pk=by.pk))


def manageable_services(by: User) -> QuerySet[User]:
    """The service accounts of the desks that `by` manages, ended ones too."""
    on_desks = Membership.objects.filter(desk__in=manageable_desks(by)).values("user_id")
    return User.objects.filter(is_service=True, pk__in=on_desks)
