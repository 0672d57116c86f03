"""Free tags of a claim. Like the topic they are no part of what is
signed, and may change at any time, until the claim is merged.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimTag
from claims.models.tag import LONGEST_TAG
from claims.rules import source_protection
from claims.workflow.editable import check_not_merged
from factcheck.ledger.audit_log import log_change
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import may

MOST_TAGS = 20
# Sent with every view of the page.
MOST_OFFERED = 200
# What was chosen lately tells what a desk uses; to count all that it ever chose would
# take longer than the rest of the page.
MOST_COUNTED = 500


def key_of(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def set_tags(claim: Claim, *, by: User, names: Iterable[str]) -> list[str]:
    """The claim gets these tags and no others; returns them."""
    return _change(claim, by, lambda now: list(names))


def add_tag(claim: Claim, *, by: User, name: str) -> list[str]:
    return _change(claim, by, lambda now: [*now, name])


def remove_tag(claim: Claim, *, by: User, name: str) -> list[str]:
    gone = key_of(name)
    return _change(claim, by, lambda now: [one for one in now if key_of(one) != gone])


def offered(claim: Claim, by: User) -> list[str]:
    """The tags that the desk chose last, the most used first: of claims
    that the person sees, because a tag may tell what a claim is about.
    """
    claims = Claim.objects.visible_to(by).filter(desk=claim.desk_id)
    used = ClaimTag.objects.filter(claim__in=claims.order_by().values("pk"))
    names = used.order_by("-pk").values_list("name", flat=True)[:MOST_COUNTED]
    uses = Counter(names)
    return sorted(uses, key=lambda name: (-uses[name], name))[:MOST_OFFERED]


def _change(
    claim: Claim,
    by: User,
    wanted: Callable[[list[str]], list[str]],
) -> list[str]:
    with transaction.atomic():
        rows = Claim.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
        locked = rows.get(pk=claim.pk)
        if not may(by, "claim.topic", locked):
            raise PermissionDenied(
                _("Your role on %(desk)s does not allow you to change tags.")
                % {"desk": locked.desk}
            )
        check_not_merged(locked, by)
        before = {tag.key: tag.name for tag in locked.tags.all()}
        after = _distinct(wanted(list(before.values())))
        if after.keys() == before.keys():
            return list(before.values())
        added = {key: name for key, name in after.items() if key not in before}
        source_protection.refuse_exposed_names_in(locked, {"tags": ", ".join(added.values())})
        locked.tags.exclude(key__in=after).delete()
        spelt = _spelling(locked, by, added)
        tags = [ClaimTag(claim=locked, key=key, name=name) for key, name in spelt.items()]
        ClaimTag.objects.bulk_create(tags)
        locked.version += 1
        locked.save(update_fields=["version"])
        names = [tag.name for tag in locked.tags.all()]
        changes = {"tags": [", ".join(before.values()), ", ".join(names)]}
        log_change("claim.tags", locked, by=by, changes=changes)
    return names


def _distinct(names: Iterable[str]) -> dict[str, str]:
    """By key, the first spelling of each. Raises ValidationError."""
    found: dict[str, str] = {}
    for typed in names:
        name = unicodedata.normalize("NFC", " ".join(typed.split()))
        if not name or len(name) > LONGEST_TAG or "," in name or "\0" in name:
            raise ValidationError(
                {
                    "tags": _("A tag has 1 to %(count)d characters and no comma.")
                    % {"count": LONGEST_TAG}
                }
            )
        found.setdefault(key_of(name), name)
    if len(found) > MOST_TAGS:
        message = _("A claim has at most %(count)d tags.") % {"count": MOST_TAGS}
        raise ValidationError({"tags": message})
    return found


def _spelling(claim: Claim, by: User, added: dict[str, str]) -> dict[str, str]:
    """As the desk writes these tags elsewhere, where the person sees it."""
    claims = Claim.objects.visible_to(by).filter(desk=claim.desk_id).order_by()
    used = ClaimTag.objects.filter(key__in=added, claim__in=claims.values("pk"))
    known = dict(used.order_by("-pk").values_list("key", "name"))
    return {key: known.get(key, name) for key, name in added.items()}
