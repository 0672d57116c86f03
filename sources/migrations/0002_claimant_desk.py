import uuid

import django.db.models.deletion
from django.db import migrations, models

ALREADY_THERE = "This claimant is already in the list. Add a description if this is somebody else."


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial"), ("sources", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="claimant", name="claimant_once"),
        migrations.AddField(
            model_name="claimant",
            name="desk",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty for all desks.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="newsroom.desk",
            ),
        ),
        # Empty at first: a default would be one number for all the rows there are, and
        # make one person of them.
        migrations.AddField(
            model_name="claimant",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="claimant",
            name="replaced_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="claimant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("desk__isnull", True), ("replaced_at__isnull", True)),
                fields=("name", "description"),
                name="claimant_once",
                violation_error_message=ALREADY_THERE,
            ),
        ),
        migrations.AddConstraint(
            model_name="claimant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True)),
                fields=("desk", "name", "description"),
                name="claimant_once_on_desk",
                violation_error_message=ALREADY_THERE,
            ),
        ),
    ]
