"""What happens to accounts, told to whoever writes letters and ends sessions."""

from django.dispatch import Signal

# An access grant was recorded (`grant`, and `detail` such as which role).
access_given = Signal()
# A person's e-mail address was changed (`user`, `old_address`), by whomever.
address_changed = Signal()
# A person's password was changed (`user`).
password_changed = Signal()
# A role ended or was narrowed, or the account was deactivated (`user`).
access_narrowed = Signal()
# An API token was made (`token`).
token_made = Signal()
