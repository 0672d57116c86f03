"""Checking the values of a row before it is saved."""

from django.db import models


def clean_values(row: models.Model) -> None:
    """`clean_fields` without one query for each foreign key.

    The rows it points at were read in the same transaction, and the
    database checks foreign keys itself. Raises ValidationError.
    """
    row.clean_fields(
        exclude={field.name for field in row._meta.concrete_fields if field.is_relation}
    )
