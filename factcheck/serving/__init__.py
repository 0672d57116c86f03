"""The web server: gunicorn keeps the processes, waitress speaks to the
clients.

A request is handed to a thread once it is there in whole, and an answer
is kept until its reader has taken it. So a slow client costs a socket
and no thread.
"""
