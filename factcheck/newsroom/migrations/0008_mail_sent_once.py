import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Letters that are rather lost than sent twice."""

    dependencies = [("newsroom", "0007_list_files")]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="key",
            field=models.CharField(
                blank=True, editable=False, max_length=80, null=True, unique=True
            ),
        ),
        # In two steps: one default would give all old letters the same id.
        migrations.AddField(
            model_name="mail",
            name="message_id",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="mail",
            name="message_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="mail",
            name="sending_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
