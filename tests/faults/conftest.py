"""Real Redis, real workers, real kill -9."""

from tests.workers import redis, workers

__all__ = ["redis", "workers"]
