import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import factcheck.newsroom.desks


class Migration(migrations.Migration):
    replaces = [
        ("newsroom", "0001_initial"),
        ("newsroom", "0002_mail"),
        ("newsroom", "0003_ways_into_an_account"),
        ("newsroom", "0004_account_links"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "byline",
                    models.CharField(
                        blank=True,
                        help_text="Name published under verdicts. Leave empty to use the full name or username.",
                        max_length=150,
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                ("link_expires_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "link_number",
                    models.PositiveIntegerField(db_default=0, default=0, editable=False),
                ),
                (
                    "session_number",
                    models.PositiveIntegerField(db_default=0, default=0, editable=False),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=100, unique=True)),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC",
                        max_length=64,
                        validators=[factcheck.newsroom.desks.valid_zone],
                    ),
                ),
                (
                    "evidence_needed",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="Number of independent sources that a verdict needs.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                (
                    "reply_hours",
                    models.PositiveSmallIntegerField(
                        default=24,
                        help_text="Default deadline for a claimant's reply, in hours.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                    ),
                ),
                (
                    "night_from",
                    models.TimeField(
                        blank=True,
                        help_text="Start of night publishing (local time): a second checker may approve and publish. Leave empty to require an editor.",
                        null=True,
                    ),
                ),
                (
                    "night_until",
                    models.TimeField(
                        blank=True,
                        help_text="End of night publishing (local time), on the next day if earlier than the start. An editor then confirms the work.",
                        null=True,
                    ),
                ),
                (
                    "recheck_after_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Days until a verdict is rechecked by default. Leave empty for none.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                    ),
                ),
                (
                    "tip_retention_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="Days until a reader's name, contact details and message are erased.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="reader tip retention (days)",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("evidence_needed__gte", 1), ("evidence_needed__lte", 10)
                        ),
                        name="desk_evidence_needed_range",
                        violation_error_message="The number of independent sources must be 1 to 10.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reply_hours__gte", 1), ("reply_hours__lte", 720)),
                        name="desk_reply_hours_range",
                        violation_error_message="The reply deadline must be 1 to 720 hours.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("night_from__isnull", True), ("night_until__isnull", True)),
                            models.Q(
                                ("night_from__isnull", False),
                                ("night_until__isnull", False),
                                models.Q(("night_from", models.F("night_until")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="desk_night_begins_and_ends",
                        violation_error_message="Night publishing needs two different times. Set both, or leave both empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recheck_after_days__isnull", True),
                            models.Q(
                                ("recheck_after_days__gte", 1), ("recheck_after_days__lte", 3650)
                            ),
                            _connector="OR",
                        ),
                        name="desk_recheck_after_days_range",
                        violation_error_message="The recheck interval must be 1 to 3650 days, or empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tip_retention_days__gte", 1), ("tip_retention_days__lte", 730)
                        ),
                        name="desk_tip_retention_days_range",
                        violation_error_message="The reader tip retention must be 1 to 730 days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
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
                ("at", models.DateTimeField()),
                ("blocks_until", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("user", models.F("by")), _negated=True),
                            ("by__isnull", True),
                            _connector="OR",
                        ),
                        name="accessgrant_by_another",
                        violation_error_message="A change to one's own account is not an access grant.",
                    ),
                    models.CheckConstraint(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("prefix", models.CharField(max_length=8)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("last_used_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "API token",
                "verbose_name_plural": "API tokens",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__isnull", True),
                            ("expires_at__gt", models.F("created_at")),
                            _connector="OR",
                        ),
                        name="apitoken_expires_after_start",
                        violation_error_message="A token must expire after it was created.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reporter", "reporter"),
                            ("checker", "checker"),
                            ("editor", "editor"),
                            ("legal", "legal"),
                            ("auditor", "auditor"),
                            ("admin", "admin"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "end_date",
                    models.DateField(
                        blank=True,
                        help_text="Last day of the membership. Leave empty for no end.",
                        null=True,
                    ),
                ),
                (
                    "assigned_only",
                    models.BooleanField(
                        default=False,
                        help_text="Limit the role to assigned work, for example for freelancers.",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="newsroom.desk",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "desk", "role"),
                        name="membership_once",
                        violation_error_message="This person already holds this role on this desk.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["reporter", "checker", "editor", "legal", "auditor", "admin"],
                            )
                        ),
                        name="membership_role_known",
                        violation_error_message="Choose one of the listed roles.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assigned_only", False),
                            ("role__in", ("reporter", "checker", "editor")),
                            _connector="OR",
                        ),
                        name="membership_assigned_only_for_workers",
                        violation_error_message="Only reporters, checkers and editors can be limited to assigned work.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "job_state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                        ],
                        db_default="waiting",
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_attempt_at", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("nudged_at", models.DateTimeField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("lease_token", models.UUIDField(blank=True, null=True)),
                ("last_error", models.TextField(blank=True)),
                ("address", models.EmailField(blank=True, editable=False, max_length=254)),
                ("event", models.CharField(max_length=40)),
                ("data", models.JSONField(default=dict, editable=False)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "e-mail",
                "verbose_name_plural": "e-mails",
                "ordering": ["-pk"],
            },
        ),
    ]
