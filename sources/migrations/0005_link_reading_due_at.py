from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0004_claimant_public_id_required")]

    operations = [
        migrations.AddField(
            model_name="link",
            name="reading_due_at",
            field=models.DateTimeField(
                blank=True,
                help_text=(
                    "Since when the page waits to be read and captured, or when that is tried"
                    " again."
                ),
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(
                condition=models.Q(("reading_due_at__isnull", False)),
                fields=["reading_due_at"],
                name="link_reading_due",
            ),
        ),
    ]
