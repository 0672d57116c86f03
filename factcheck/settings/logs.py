"""One JSON object a line."""

from factcheck import env

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "factcheck.ledger.logs.JsonFormatter"}},
    "filters": {"refused_requests": {"()": "factcheck.ledger.logs.RefusedRequests"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["refused_requests"],
        },
        "stdout": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "stream": "ext://sys.stdout",
        },
    },
    "root": {"handlers": ["stderr"], "level": env.text("FACTCHECK_LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # One line a request, from factcheck.serving.
        "factcheck.access": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
    },
}
