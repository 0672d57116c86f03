import uuid

from django.db import migrations, models

MODELS = ("rating", "ratingscale", "repetitionproposal")


def give_public_ids(apps, schema_editor):
    for name in MODELS:
        rows = apps.get_model("claims", name).objects.using(schema_editor.connection.alias)
        for row in rows.only("pk").iterator(chunk_size=1000):
            rows.filter(pk=row.pk).update(public_id=uuid.uuid4())


def _field(operation, name, **more):
    return operation(
        model_name=name,
        name="public_id",
        field=models.UUIDField(editable=False, unique=True, **more),
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0042_live")]

    operations = [
        # Without a default, which would be computed once for all rows that are there.
        *(_field(migrations.AddField, name, null=True) for name in MODELS),
        migrations.RunPython(give_public_ids, migrations.RunPython.noop),
        *(_field(migrations.AlterField, name, default=uuid.uuid4) for name in MODELS),
    ]
