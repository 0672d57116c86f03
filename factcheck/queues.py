"""Queues, limits and the beat, under Celery's own setting names.

The database says what is due. These settings only make it fast, and
avoid losing messages.
"""

from django.conf import settings

broker_url = settings.REDIS_URL
task_ignore_result = True
timezone = "UTC"

task_default_queue = "default"
task_routes = {
    "claims.extract": {"queue": "extraction"},
    "sources.stream_links": {"queue": "stream"},
    "sources.read_links": {"queue": "stream"},
    "sources.*": {"queue": "links"},
    # It waits for servers of others: neither the newsroom's own work nor a link check
    # waits behind a slow one.
    "claims.deliver_webhook": {"queue": "webhooks"},
}

# Late acknowledgement alone still loses the task of a killed child; both settings
# together redo it.
task_acks_late = True
task_reject_on_worker_lost = True
# A prefetched message waits behind a slow one even while other workers are idle.
worker_prefetch_multiplier = 1
# Parsers of foreign documents may leak memory: children are replaced now and then.
worker_max_tasks_per_child = 100
worker_hijack_root_logger = False
# A deployment may take this long; what is unfinished then comes back through the
# broker.
worker_soft_shutdown_timeout = 30.0
# A broker that restarts must not abort a fetch that is nearly done.
worker_cancel_long_running_tasks_on_connection_loss = False
task_soft_time_limit = 60
task_time_limit = 90

broker_connection_retry_on_startup = True
broker_transport_options = {
    # Redis hands out a message again after this: it must exceed the longest time limit
    # of a task.
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
}
# A save must not wait for a broker that is down: one quick try, then the sweep finds
# the row.
task_publish_retry_policy = {"max_retries": 1, "interval_start": 0, "interval_max": 0.1}

beat_schedule = {
    "sweep": {
        "task": "ledger.sweep",
        "schedule": settings.SWEEP_SECONDS,
        "options": {"expires": settings.SWEEP_SECONDS},
    },
    # Recheck dates fall due at midnight in each desk's time zone; the next run catches
    # up on any that a lost message missed.
    "reviews": {"task": "claims.open_due_rechecks", "schedule": 600.0, "options": {"expires": 600}},
    "deadlines": {"task": "claims.tell_deadlines", "schedule": 60.0, "options": {"expires": 60}},
    "digests": {"task": "claims.write_digests", "schedule": 600.0, "options": {"expires": 600}},
    "heartbeat": {"task": "ledger.heartbeat", "schedule": 30.0, "options": {"expires": 30}},
    # A change has it done at once; this is for when its message was lost.
    "number_events": {
        "task": "claims.number_events",
        "schedule": settings.SWEEP_SECONDS,
        "options": {"expires": settings.SWEEP_SECONDS},
    },
    "merge_public_changes": {
        "task": "claims.merge_public_changes",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "keep_datafeed": {
        "task": "claims.keep_datafeed",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "erase_expired_tips": {
        "task": "claims.erase_expired_tips",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "erase_old_events": {
        "task": "claims.erase_old_events",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "delete_list_files": {
        "task": "newsroom.delete_list_files",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "delete_idempotency_keys": {
        "task": "newsroom.delete_idempotency_keys",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "clear_sessions": {
        "task": "newsroom.clear_sessions",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}
beat_schedule_filename = str(settings.DATA_DIR / "beat-schedule")
