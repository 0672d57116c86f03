import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0033_unfinished_claims"),
        ("newsroom", "0013_idempotency_keys"),
        ("sources", "0009_public_copies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("article.read", "An article was read"),
                            ("claim.created", "A claim was created"),
                            ("claim.moved", "A claim changed its status"),
                            ("evidence.source_changed", "A cited page changed"),
                            ("evidence.source_dead", "A cited page is gone"),
                            ("verdict.published", "A verdict was published"),
                            ("verdict.corrected", "A verdict was corrected"),
                            ("verdict.retracted", "A verdict was retracted"),
                            ("verdict.translated", "A translation of a verdict was published"),
                            ("recheck.opened", "A recheck was opened"),
                            ("recheck.decided", "A recheck was decided"),
                            ("tip.arrived", "A tip arrived"),
                        ],
                        max_length=32,
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("data", models.JSONField()),
                ("position", models.PositiveBigIntegerField(null=True, unique=True)),
                ("sequence", models.PositiveIntegerField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.article",
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="claims.claim",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="newsroom.desk",
                    ),
                ),
                (
                    "tip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.tip",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="EventCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_count",
                        to="claims.claim",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="eventcount_counts",
                        violation_error_message="An event counts once.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("position", None)), fields=["id"], name="event_without_position"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "type__in",
                        [
                            "article.read",
                            "claim.created",
                            "claim.moved",
                            "evidence.source_changed",
                            "evidence.source_dead",
                            "verdict.published",
                            "verdict.corrected",
                            "verdict.retracted",
                            "verdict.translated",
                            "recheck.opened",
                            "recheck.decided",
                            "tip.arrived",
                        ],
                    )
                ),
                name="event_type_known",
                violation_error_message="Unknown type of event.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article", None), ("claim__isnull", False), ("tip", None)),
                    models.Q(("article__isnull", False), ("claim", None), ("tip", None)),
                    models.Q(("article", None), ("claim", None), ("tip__isnull", False)),
                    _connector="OR",
                ),
                name="event_about_one",
                violation_error_message="An event is about a claim, an article or a tip.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("position", None), ("sequence", None)),
                    models.Q(("claim", None), ("sequence", None)),
                    models.Q(
                        ("claim__isnull", False),
                        ("position__isnull", False),
                        ("sequence__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="event_sequence_of_claim",
                violation_error_message="The events of a claim are numbered.",
            ),
        ),
    ]
