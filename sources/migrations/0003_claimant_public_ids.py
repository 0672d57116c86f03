import uuid

from django.db import migrations


def give_public_ids(apps, schema_editor):
    claimants = apps.get_model("sources", "Claimant").objects.using(schema_editor.connection.alias)
    for row in claimants.only("pk").iterator(chunk_size=1000):
        claimants.filter(pk=row.pk).update(public_id=uuid.uuid4())


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_claimant_desk")]

    operations = [migrations.RunPython(give_public_ids, migrations.RunPython.noop)]
