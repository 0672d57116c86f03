import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0050_picture_decisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="MatchAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken", models.BooleanField()),
                ("closeness", models.FloatField()),
                ("apart", models.BooleanField()),
                ("matcher", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="match_answers",
                        to="claims.claim",
                    ),
                ),
                (
                    "known",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.claim",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="claims.repetitionproposal",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "known"), name="matchanswer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim__isnull", False), ("proposal__isnull", True)),
                            models.Q(("claim__isnull", True), ("proposal__isnull", False)),
                            _connector="OR",
                        ),
                        name="matchanswer_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closeness__gte", 0), ("closeness__lte", 1)),
                        name="matchanswer_closeness_range",
                    ),
                ],
            },
        ),
    ]
