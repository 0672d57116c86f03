import django.contrib.auth.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("newsroom", "0013_idempotency_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceAccount",
            fields=[],
            options={
                "verbose_name": "service account",
                "verbose_name_plural": "service accounts",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("newsroom.user",),
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_role_known",
        ),
        migrations.AddField(
            model_name="user",
            name="is_service",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("reporter", "reporter"),
                    ("checker", "checker"),
                    ("editor", "editor"),
                    ("legal", "legal"),
                    ("auditor", "auditor"),
                    ("admin", "admin"),
                    ("service", "service account"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "service")),
                fields=("user",),
                name="membership_service_of_one_desk",
                violation_error_message="A service account belongs to one desk.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        ["reporter", "checker", "editor", "legal", "auditor", "admin", "service"],
                    )
                ),
                name="membership_role_known",
                violation_error_message="Choose one of the listed roles.",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_service", False),
                    models.Q(("email", ""), ("is_superuser", False), ("password__startswith", "!")),
                    _connector="OR",
                ),
                name="user_service_never_signs_in",
                violation_error_message="A service account has no password, no e-mail address and no power of a superuser.",
            ),
        ),
    ]
