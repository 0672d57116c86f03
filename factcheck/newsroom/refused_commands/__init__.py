"""Commands of Django that would let the operator into accounts quietly.
An app of its own, because of two commands of one name that of the app
listed first is run: this one stands before django.contrib.auth, which
the other screens of people build on.
"""
