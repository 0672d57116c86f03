import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import factcheck.ledger.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0013_desk_indexes"),
        ("newsroom", "0008_mail_sent_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskChannel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "service",
                    models.CharField(
                        choices=[("slack", "Slack"), ("teams", "Teams")], max_length=8
                    ),
                ),
                (
                    "address",
                    factcheck.ledger.encryption.EncryptedTextField(
                        max_length=2000, verbose_name="webhook URL"
                    ),
                ),
                ("kinds", models.JSONField(default=list, verbose_name="what is posted")),
                ("active", models.BooleanField(default=True)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="newsroom.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "channel",
                "ordering": ["desk", "service"],
            },
        ),
        migrations.CreateModel(
            name="ChannelPost",
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
                ("sending_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "A claim is assigned to me"),
                            ("mention", "A query mentions me"),
                            ("query", "A query on a claim of mine"),
                            ("changes", "Changes are requested"),
                            ("signature", "A signature is wanted"),
                            ("deadline_near", "A deadline is near"),
                            ("deadline_missed", "A deadline is missed"),
                            ("source_changed", "A cited source changed"),
                            ("source_dead", "A cited source is gone"),
                            ("recheck", "A recheck is due"),
                            ("schedule_failed", "A scheduled publication failed"),
                            ("watched", "A claim I watch moves on"),
                        ],
                        max_length=16,
                    ),
                ),
                ("event", models.CharField(max_length=80)),
                ("due_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "transition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.transition",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="claims.deskchannel",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "A claim is assigned to me"),
                            ("mention", "A query mentions me"),
                            ("query", "A query on a claim of mine"),
                            ("changes", "Changes are requested"),
                            ("signature", "A signature is wanted"),
                            ("deadline_near", "A deadline is near"),
                            ("deadline_missed", "A deadline is missed"),
                            ("source_changed", "A cited source changed"),
                            ("source_dead", "A cited source is gone"),
                            ("recheck", "A recheck is due"),
                            ("schedule_failed", "A scheduled publication failed"),
                            ("watched", "A claim I watch moves on"),
                        ],
                        max_length=16,
                    ),
                ),
                ("event", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "delivery",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("digest", "Daily digest"),
                            ("off", "Off"),
                        ],
                        max_length=8,
                    ),
                ),
                ("mailed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "query",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.query",
                    ),
                ),
                (
                    "transition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.transition",
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
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="NotificationSetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assigned", "A claim is assigned to me"),
                            ("mention", "A query mentions me"),
                            ("query", "A query on a claim of mine"),
                            ("changes", "Changes are requested"),
                            ("signature", "A signature is wanted"),
                            ("deadline_near", "A deadline is near"),
                            ("deadline_missed", "A deadline is missed"),
                            ("source_changed", "A cited source changed"),
                            ("source_dead", "A cited source is gone"),
                            ("recheck", "A recheck is due"),
                            ("schedule_failed", "A scheduled publication failed"),
                            ("watched", "A claim I watch moves on"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "delivery",
                    models.CharField(
                        choices=[
                            ("at_once", "At once"),
                            ("digest", "Daily digest"),
                            ("off", "Off"),
                        ],
                        max_length=8,
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
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="watches",
                        to="claims.claim",
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
        ),
        migrations.AddConstraint(
            model_name="deskchannel",
            constraint=models.UniqueConstraint(
                fields=("desk", "service"),
                name="deskchannel_once",
                violation_error_message="The desk already has a channel of this service.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deskchannel",
            constraint=models.CheckConstraint(
                condition=models.Q(("service__in", ["slack", "teams"])),
                name="deskchannel_service_known",
                violation_error_message="Choose Slack or Teams.",
            ),
        ),
        migrations.AddConstraint(
            model_name="channelpost",
            constraint=models.UniqueConstraint(
                fields=("channel", "event"),
                name="channelpost_once",
                violation_error_message="This event is posted there already.",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(fields=["user", "-id"], name="notification_of_user"),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("delivery", "digest"), ("mailed_at", None)),
                fields=["user"],
                name="notification_for_digest",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at", None)), fields=["user"], name="notification_unread"
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(
                fields=("user", "event"),
                name="notification_once",
                violation_error_message="This person is told of it already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(("delivery__in", ["at_once", "digest", "off"])),
                name="notification_delivery_known",
                violation_error_message="Choose at once, daily digest or off.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "assigned",
                            "mention",
                            "query",
                            "changes",
                            "signature",
                            "deadline_near",
                            "deadline_missed",
                            "source_changed",
                            "source_dead",
                            "recheck",
                            "schedule_failed",
                            "watched",
                        ],
                    )
                ),
                name="notification_kind_known",
                violation_error_message="Unknown kind of notification.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notificationsetting",
            constraint=models.UniqueConstraint(
                fields=("user", "kind"),
                name="notificationsetting_once",
                violation_error_message="This kind is set already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notificationsetting",
            constraint=models.CheckConstraint(
                condition=models.Q(("delivery__in", ["at_once", "digest", "off"])),
                name="notificationsetting_delivery_known",
                violation_error_message="Choose at once, daily digest or off.",
            ),
        ),
        migrations.AddConstraint(
            model_name="watch",
            constraint=models.UniqueConstraint(
                fields=("user", "claim"),
                name="watch_once",
                violation_error_message="You watch this claim already.",
            ),
        ),
    ]
