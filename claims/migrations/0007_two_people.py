from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0006_encrypt_identities_and_tips")]
    operations = [
        migrations.AddField(
            model_name="confidentialidentity",
            name="two_people",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="A second person confirms each reading. Cannot be undone.",
            ),
        ),
    ]
