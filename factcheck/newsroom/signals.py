"""What happens to accounts, told to whoever writes the letters about it."""

from django.dispatch import Signal

# An access grant was recorded (`grant`, and `detail` such as which role).
access_given = Signal()
# A person's e-mail address was changed (`user`, `old_address`), by whomever.
address_changed = Signal()
# A person's password was changed (`user`).
password_changed = Signal()
