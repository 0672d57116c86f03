"""Where readers and researchers reach the newsroom."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def contact_url() -> str:
    """A mailto: or web address, empty if the deployment named none."""
    contact: str = settings.CONTACT.removeprefix("mailto:")
    try:
        validate_email(contact)
    except ValidationError:
        # the setting falls back to the site's own address, which is no place to report
        # anything
        is_page = contact.startswith(("https://", "http://")) and contact != settings.SITE_URL
        return contact if is_page else ""
    return f"mailto:{contact}"
