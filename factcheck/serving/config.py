"""The settings of the web server, for the demo and for the image alike:
`gunicorn --config python:factcheck.serving.config`.
"""

import gc
from typing import Any

from django.db import connections

from factcheck import env

wsgi_app = "factcheck.wsgi"
bind = env.text("FACTCHECK_BIND", "127.0.0.1:8000")
workers = env.number("FACTCHECK_WEB_WORKERS", 3, low=1, high=64)
threads = env.number("FACTCHECK_WEB_THREADS", 4, low=1, high=64)
worker_class = "factcheck.serving.worker.BufferingWorker"
# Each may need a file of its own besides its socket, and many systems allow a process
# 1,024 of both.
worker_connections = 400
backlog = 1024
preload_app = True
# What a library leaks ends with its process. Requests are shared out evenly: a jitter
# as wide as the number itself keeps all from ending within seconds.
max_requests = 2000
max_requests_jitter = 2000
# A worker says once a second that its loop runs; one that hangs as a whole is killed.
timeout = 30
# At the end what is under way may finish. Below the 10 s after which Docker kills.
graceful_timeout = 8
# gunicorn's own server of commands: nobody here uses it.
control_socket_disable = True
loglevel = "warning"


def when_ready(arbiter: Any) -> None:
    """Called when the code is loaded, before the first worker starts.

    What start-up made stays until the end. Looking for garbage in it
    took a tenth to a fifth of the time of a page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pre_fork(arbiter: Any, worker: Any) -> None:
    """Two processes on one connection to the database would read each
    other's answers.
    """
    connections.close_all()
