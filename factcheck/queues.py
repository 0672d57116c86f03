"""Queues, limits and the beat, under Celery's own setting names.

The rows say what is due, so every setting here is about speed and about not losing a message
needlessly.
"""

from django.conf import settings

broker_url = settings.REDIS_URL
task_ignore_result = True
timezone = "UTC"

task_default_queue = "default"
task_routes = {
    "claims.extract": {"queue": "extraction"},
    "sources.stream_links": {"queue": "stream"},
    "sources.*": {"queue": "links"},
}

# Late acknowledgement alone still loses the task of a killed child; both settings together redo it.
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
worker_max_tasks_per_child = 100
worker_hijack_root_logger = False
worker_soft_shutdown_timeout = 30.0
worker_cancel_long_running_tasks_on_connection_loss = False
task_soft_time_limit = 60
task_time_limit = 90

broker_connection_retry_on_startup = True
broker_transport_options = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
}
# A save must not wait for a broker that is away: one quick try, then the sweep finds the row.
task_publish_retry_policy = {"max_retries": 1, "interval_start": 0, "interval_max": 0.1}

beat_schedule = {
    "sweep": {
        "task": "ledger.sweep",
        "schedule": settings.SWEEP_SECONDS,
        "options": {"expires": settings.SWEEP_SECONDS},
    },
    # A date comes at midnight of some desk; whatever a lost message leaves, the next one finds.
    "reviews": {"task": "claims.open_due_rechecks", "schedule": 600.0, "options": {"expires": 600}},
    "heartbeat": {"task": "ledger.heartbeat", "schedule": 30.0, "options": {"expires": 30}},
    "erase_expired_tips": {
        "task": "claims.erase_expired_tips",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}
beat_schedule_filename = str(settings.DATA_DIR / "beat-schedule")
