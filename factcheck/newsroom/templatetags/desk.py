"""States and times as the desk's templates show them."""

from django import template

from factcheck.newsroom import badges

register = template.Library()
register.simple_tag(badges.badge, name="state")
register.filter("ago", badges.ago)
register.filter("upcoming", badges.upcoming)
