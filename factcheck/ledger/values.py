"""The own values of a row, checked before it is saved."""

from django.db import models


def clean_values(row: models.Model) -> None:
    """`clean_fields` without asking the database once more for each row that this one points at.

    They were read in the same transaction, and the foreign keys hold them. Raises ValidationError.
    """
    row.clean_fields(
        exclude={field.name for field in row._meta.concrete_fields if field.is_relation}
    )
