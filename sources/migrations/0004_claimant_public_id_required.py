import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_claimant_public_ids")]

    operations = [
        migrations.AlterField(
            model_name="claimant",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
    ]
