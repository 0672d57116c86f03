from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """The names as they are now: with these the claims in work are signed, and what was
    published has its own text.
    """
    alias = schema_editor.connection.alias
    evidence = apps.get_model("claims", "Evidence").objects.using(alias)
    links = apps.get_model("sources", "Link").objects.using(alias)
    publishers = apps.get_model("sources", "Publisher").objects.using(alias)
    keys = list(evidence.filter(publisher_name="").values_list("pk", flat=True))
    for start in range(0, len(keys), 1000):
        evidence.filter(pk__in=keys[start : start + 1000]).update(
            publisher_name=Subquery(
                links.filter(pk=OuterRef("link_id")).values("publisher__name")[:1]
            ),
            origin_name=Subquery(publishers.filter(pk=OuterRef("origin_id")).values("name")[:1]),
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_evidence_signed_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
