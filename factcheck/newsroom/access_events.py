"""What happens to people's access, told to whoever ends sessions and writes letters."""

from django.dispatch import Signal

# A role ended or was narrowed, or the account was deactivated (`user`).
access_narrowed = Signal()
# An API token was made (`token`).
token_made = Signal()
