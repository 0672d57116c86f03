from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0002_mail"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="accessgrant",
            name="accessgrant_what_known",
        ),
        migrations.AlterField(
            model_name="accessgrant",
            name="what",
            field=models.CharField(
                choices=[
                    ("account", "the account"),
                    ("password", "a password"),
                    ("link", "a link to set a password"),
                    ("address", "an e-mail address"),
                    ("reactivation", "a locked account back"),
                    ("factor", "a reset of the second factor"),
                    ("membership", "a role"),
                    ("superuser", "the power of a superuser"),
                    ("token", "a token"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="accessgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "what__in",
                        [
                            "account",
                            "password",
                            "link",
                            "address",
                            "reactivation",
                            "factor",
                            "membership",
                            "superuser",
                            "token",
                        ],
                    )
                ),
                name="accessgrant_what_known",
                violation_error_message="Unknown kind of access.",
            ),
        ),
    ]
