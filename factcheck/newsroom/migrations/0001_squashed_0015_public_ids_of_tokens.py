import uuid

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import factcheck.ledger.encryption
import factcheck.newsroom.desks
from factcheck.ledger.create_models import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("newsroom", "0001_initial"),
        ("newsroom", "0002_mail"),
        ("newsroom", "0003_ways_into_an_account"),
        ("newsroom", "0004_account_links"),
        ("newsroom", "0005_list_settings"),
        ("newsroom", "0006_saved_views"),
        ("newsroom", "0007_list_files"),
        ("newsroom", "0008_mail_sent_once"),
        ("newsroom", "0009_triage_threshold"),
        ("newsroom", "0010_risk_tiers"),
        ("newsroom", "0011_language"),
        ("newsroom", "0012_keyboard_shortcuts"),
        ("newsroom", "0013_idempotency_keys"),
        ("newsroom", "0014_service_accounts"),
        ("newsroom", "0015_public_ids_of_tokens"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                error_messages={
                                    "unique": "A user with that username already exists."
                                },
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[
                                    django.contrib.auth.validators.UnicodeUsernameValidator()
                                ],
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
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="email address"
                            ),
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
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
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
                        (
                            "link_expires_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "link_number",
                            models.PositiveIntegerField(db_default=0, default=0, editable=False),
                        ),
                        (
                            "session_number",
                            models.PositiveIntegerField(db_default=0, default=0, editable=False),
                        ),
                        (
                            "language",
                            models.CharField(blank=True, default="", editable=False, max_length=10),
                        ),
                        ("shortcuts", models.BooleanField(db_default=True, default=True)),
                        (
                            "is_service",
                            models.BooleanField(db_default=False, default=False, editable=False),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_service", False),
                                    models.Q(
                                        ("email", ""),
                                        ("is_superuser", False),
                                        ("password__startswith", "!"),
                                    ),
                                    _connector="OR",
                                ),
                                name="user_service_never_signs_in",
                                violation_error_message="A service account has no password, no e-mail address and no power of a superuser.",
                            )
                        ],
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
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
                        (
                            "triage_threshold",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Score from 0 to 1: triage folds suggestions below it. The accuracy of suggestions shows which are worth it. Leave empty to fold by number only.",
                                max_digits=3,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(1),
                                ],
                                verbose_name="fold suggestions below",
                            ),
                        ),
                        (
                            "high_risk_hours",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Hours from receipt to the deadline, where nobody set one. Leave empty for none.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(8760),
                                ],
                                verbose_name="high risk: hours",
                            ),
                        ),
                        (
                            "high_risk_sources",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Independent sources, where that is more than the desk's own number.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="high risk: sources",
                            ),
                        ),
                        (
                            "low_risk_hours",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Hours from receipt to the deadline, where nobody set one. Leave empty for none.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(8760),
                                ],
                                verbose_name="low risk: hours",
                            ),
                        ),
                        (
                            "low_risk_sources",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Independent sources, where that is more than the desk's own number.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="low risk: sources",
                            ),
                        ),
                        (
                            "medium_risk_hours",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Hours from receipt to the deadline, where nobody set one. Leave empty for none.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(8760),
                                ],
                                verbose_name="medium risk: hours",
                            ),
                        ),
                        (
                            "medium_risk_sources",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Independent sources, where that is more than the desk's own number.",
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="medium risk: sources",
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
                                condition=models.Q(
                                    ("reply_hours__gte", 1), ("reply_hours__lte", 720)
                                ),
                                name="desk_reply_hours_range",
                                violation_error_message="The reply deadline must be 1 to 720 hours.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("night_from__isnull", True), ("night_until__isnull", True)
                                    ),
                                    models.Q(
                                        ("night_from__isnull", False),
                                        ("night_until__isnull", False),
                                        models.Q(
                                            ("night_from", models.F("night_until")), _negated=True
                                        ),
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
                                        ("recheck_after_days__gte", 1),
                                        ("recheck_after_days__lte", 3650),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("triage_threshold__isnull", True),
                                    models.Q(
                                        ("triage_threshold__gte", 0), ("triage_threshold__lte", 1)
                                    ),
                                    _connector="OR",
                                ),
                                name="desk_triage_threshold_range",
                                violation_error_message="The score must be 0 to 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("low_risk_sources__isnull", True),
                                        models.Q(
                                            ("low_risk_sources__gte", 1),
                                            ("low_risk_sources__lte", 10),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("medium_risk_sources__isnull", True),
                                        models.Q(
                                            ("medium_risk_sources__gte", 1),
                                            ("medium_risk_sources__lte", 10),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("high_risk_sources__isnull", True),
                                        models.Q(
                                            ("high_risk_sources__gte", 1),
                                            ("high_risk_sources__lte", 10),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="desk_risk_sources_range",
                                violation_error_message="The number of independent sources of a risk tier must be 1 to 10, or empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("low_risk_hours__isnull", True),
                                        models.Q(
                                            ("low_risk_hours__gte", 1),
                                            ("low_risk_hours__lte", 8760),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("medium_risk_hours__isnull", True),
                                        models.Q(
                                            ("medium_risk_hours__gte", 1),
                                            ("medium_risk_hours__lte", 8760),
                                        ),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("high_risk_hours__isnull", True),
                                        models.Q(
                                            ("high_risk_hours__gte", 1),
                                            ("high_risk_hours__lte", 8760),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="desk_risk_hours_range",
                                violation_error_message="The deadline of a risk tier must be 1 to 8760 hours, or empty.",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "last_used_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
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
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                    ("service", "service account"),
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
                                    ("assigned_only", False),
                                    ("role__in", ("reporter", "checker", "editor")),
                                    _connector="OR",
                                ),
                                name="membership_assigned_only_for_workers",
                                violation_error_message="Only reporters, checkers and editors can be limited to assigned work.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "service")),
                                fields=("user",),
                                name="membership_service_of_one_desk",
                                violation_error_message="A service account belongs to one desk.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "reporter",
                                            "checker",
                                            "editor",
                                            "legal",
                                            "auditor",
                                            "admin",
                                            "service",
                                        ],
                                    )
                                ),
                                name="membership_role_known",
                                violation_error_message="Choose one of the listed roles.",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
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
                        (
                            "key",
                            models.CharField(
                                blank=True, editable=False, max_length=80, null=True, unique=True
                            ),
                        ),
                        (
                            "message_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, null=True),
                        ),
                        ("sending_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "e-mail",
                        "verbose_name_plural": "e-mails",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ListSetting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("screen", models.CharField(max_length=100)),
                        ("last_query", models.TextField(blank=True, max_length=2000)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "default_view",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.savedview",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "screen"),
                                name="listsetting_once",
                                violation_error_message="This list has its settings already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("screen", models.CharField(max_length=100)),
                        ("name", models.CharField(max_length=80)),
                        ("query", models.TextField(max_length=2000)),
                        (
                            "created_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "desk",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.desk",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved view",
                        "verbose_name_plural": "saved views",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at", None)),
                                fields=("owner", "screen", "name"),
                                name="savedview_once",
                                violation_error_message="You already have a view of this name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="savedview_named",
                                violation_error_message="Enter a name for the view.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                        (
                            "next_attempt_at",
                            models.DateTimeField(blank=True, db_index=True, null=True),
                        ),
                        ("nudged_at", models.DateTimeField(blank=True, null=True)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("lease_token", models.UUIDField(blank=True, null=True)),
                        ("last_error", models.TextField(blank=True)),
                        (
                            "public_id",
                            models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                        ),
                        ("screen", models.CharField(max_length=100)),
                        ("query", models.TextField(blank=True, max_length=2000)),
                        ("made_at", models.DateTimeField()),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("expected", models.PositiveIntegerField(blank=True, null=True)),
                        ("last_key", models.BigIntegerField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("expires_at", models.DateTimeField()),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "list file",
                        "verbose_name_plural": "list files",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ListFilePart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("lines", models.BinaryField()),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="newsroom.listfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file", "number"),
                                name="listfilepart_once",
                                violation_error_message="This part is there already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.CharField(max_length=255)),
                        ("request", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField()),
                        ("answer", factcheck.ledger.encryption.EncryptedTextField()),
                        ("at", models.DateTimeField()),
                        (
                            "token",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="newsroom.apitoken",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["at"], name="idempotencykey_by_age")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("token", "key"),
                                name="idempotencykey_once",
                                violation_error_message="This key was used already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceAccount",
                    fields=[],
                    options={
                        "verbose_name": "service account",
                        "verbose_name_plural": "service accounts",
                        "proxy": True,
                    },
                    bases=("newsroom.user",),
                    managers=[
                        ("objects", django.contrib.auth.models.UserManager()),
                    ],
                ),
            ]
        ),
    ]
