"""How people sign in and keep their accounts: django-allauth, told our rules."""
