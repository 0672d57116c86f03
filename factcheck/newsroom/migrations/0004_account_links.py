from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_ways_into_an_account"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="link_expires_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="link_number",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="user",
            name="session_number",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
    ]
