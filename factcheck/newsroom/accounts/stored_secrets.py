"""The secrets of second factors, encrypted anew when keys are rotated.
allauth keeps them in a JSON column, where the rotation does not look by
itself.
"""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import transaction

from factcheck.ledger.encryption import DecryptionError, is_current, reencrypt
from factcheck.ledger.key_rotation import BATCH_SIZE, Count, register

# Of an authenticator app, and of recovery codes. A passkey's data is public.
SECRETS = ("secret", "seed")


def reencrypt_second_factors(write: bool) -> Iterator[Count]:
    last = 0
    while True:
        with transaction.atomic():
            # Locked: a used recovery code is marked in the same column.
            rows = list(
                Authenticator.objects.select_for_update()
                .filter(pk__gt=last)
                .order_by("pk")[:BATCH_SIZE]
            )
            count = Count()
            for row in rows:
                _reencrypt(row, count, write)
        if not rows:
            return
        last = rows[-1].pk
        yield count


def _reencrypt(row: Authenticator, count: Count, write: bool) -> None:
    for name in SECRETS:
        token = row.data.get(name)
        if token is None:
            continue
        if is_current(token):
            count.unchanged += 1
            continue
        try:
            row.data[name] = reencrypt(token)
        except DecryptionError:
            count.failed += 1
            continue
        if write:
            row.save(update_fields=["data"])
        count.reencrypted += 1


register("mfa.authenticator.data", reencrypt_second_factors)
