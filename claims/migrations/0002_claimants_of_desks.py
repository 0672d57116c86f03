"""Claimants were one list of all desks. Each now belongs to the desk whose claims name
it; where several do, each gets a row of its own, so that none learns of the other's.

A claimant that nothing names stays in sight of all, as it was. Of two desks the one
that came first keeps the row: interests in it bar from both, by name.
"""

import uuid
from collections import defaultdict

from django.db import migrations

# Model, column, and the way to the desk.
PLACES = (
    ("Claim", "claimant", "desk"),
    ("Verdict", "claimant_before", "claim__desk"),
    ("ReplyRequest", "claimant", "claim__desk"),
    ("Repetition", "claimant", "claim__desk"),
)


def give_to_desks(apps, schema_editor):
    alias = schema_editor.connection.alias
    claimants = apps.get_model("sources", "Claimant").objects.using(alias)
    desks = defaultdict(set)
    for model, column, desk in PLACES:
        rows = apps.get_model("claims", model).objects.using(alias)
        named = rows.filter(**{f"{column}__isnull": False}).order_by()
        for claimant, where in named.values_list(column, desk).distinct():
            desks[claimant].add(where)
    for pk, named_on in desks.items():
        first, *others = sorted(named_on)
        row = claimants.get(pk=pk)
        if row.desk_id is not None:
            continue
        claimants.filter(pk=pk).update(desk=first)
        for desk in others:
            copy = claimants.create(
                public_id=uuid.uuid4(),
                desk_id=desk,
                name=row.name,
                kind=row.kind,
                description=row.description,
                same_as=row.same_as,
            )
            _name_the_copy(apps, alias, pk, copy.pk, desk)


def _name_the_copy(apps, alias, old, new, desk):
    for model, column, way in PLACES:
        rows = apps.get_model("claims", model).objects.using(alias)
        keys = list(rows.filter(**{column: old, way: desk}).values_list("pk", flat=True))
        rows.filter(pk__in=keys).update(**{column: new})


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0001_initial"),
        ("sources", "0004_claimant_public_id_required"),
    ]

    # Going back would have to merge the rows again, which tells desks of each other.
    operations = [migrations.RunPython(give_to_desks, migrations.RunPython.noop)]
