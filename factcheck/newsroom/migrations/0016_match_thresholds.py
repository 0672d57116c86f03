from decimal import Decimal

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0015_public_ids_of_tokens"),
    ]

    operations = [
        migrations.AddField(
            model_name="desk",
            name="match_same_from",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Closeness from 0.25 to 1. Leave empty for the usual value.",
                max_digits=3,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0.25")),
                    django.core.validators.MaxValueValidator(1),
                ],
                verbose_name="the same from",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="match_similar_from",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Closeness from 0.25 to 1. Leave empty for the usual value.",
                max_digits=3,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(Decimal("0.25")),
                    django.core.validators.MaxValueValidator(1),
                ],
                verbose_name="similar from",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("match_same_from__isnull", True),
                        models.Q(
                            ("match_same_from__gte", Decimal("0.25")), ("match_same_from__lte", 1)
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("match_similar_from__isnull", True),
                        models.Q(
                            ("match_similar_from__gte", Decimal("0.25")),
                            ("match_similar_from__lte", 1),
                        ),
                        _connector="OR",
                    ),
                ),
                name="desk_match_thresholds_range",
                violation_error_message="The closeness of matches must be 0.25 to 1, or empty.",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("match_same_from__isnull", True),
                    ("match_similar_from__isnull", True),
                    ("match_similar_from__lte", models.F("match_same_from")),
                    _connector="OR",
                ),
                name="desk_match_thresholds_in_order",
                violation_error_message="What is the same is similar too: its closeness cannot be lower.",
            ),
        ),
    ]
