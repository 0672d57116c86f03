"""How many notifications are unread, for the bell in the header."""

from claims.desk.notifications import reading
from factcheck.newsroom.home_panels import add_number

UNREAD = "unread_notifications"
# The home screen counts it with everything else that it counts.
add_number(UNREAD, reading.counted)
