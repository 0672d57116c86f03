from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0032_tips_are_told")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ("open", "in_progress", "in_review", "approved", "on_hold"))
                ),
                fields=["desk", "due_at", "created_at", "id", "status"],
                name="claim_unfinished",
            ),
        ),
    ]
