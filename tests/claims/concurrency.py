"""Several people at the same moment, each in a thread and a database connection of
their own.
"""

import threading
from collections.abc import Callable, Iterable, Sequence

from django.db import connection

from claims.workflow import GateError, StaleError, WorkflowError

REFUSALS = (WorkflowError, StaleError, GateError)
Work = Callable[[], object]


def at_once(*works: Work) -> list[object]:
    """Each in a thread and a connection of its own, started together: what it returned,
    or what it raised.
    """
    gate, results = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Work) -> None:
        try:
            gate.wait()
            results[place] = work()
        except Exception as error:  # noqa: BLE001 (whatever it is, the test looks at it)
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def unforeseen(results: Iterable[object]) -> list[object]:
    """Deadlocks, broken constraints and the like: everything but a refusal in words."""
    return [
        result
        for result in results
        if isinstance(result, Exception) and not isinstance(result, REFUSALS)
    ]


def in_rounds(rounds: int, works: Sequence[Work], after: Callable[[list[object]], None]) -> None:
    """The same again and again, with threads and connections that stay; `after` looks
    at each round before the next begins.
    """
    gate, results = threading.Barrier(len(works) + 1), [None] * len(works)

    def run(place: int, work: Work) -> None:
        try:
            while True:
                gate.wait()
                try:
                    results[place] = work()
                except Exception as error:  # noqa: BLE001 (whatever it is, the test looks at it)
                    results[place] = error
                gate.wait()
        except threading.BrokenBarrierError:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(rounds):
            gate.wait()
            gate.wait()
            after(list(results))
    finally:
        gate.abort()
        for thread in threads:
            thread.join()
