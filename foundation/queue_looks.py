"""What a worker asks of the database while no job waits. Beside `job_queue` the only file that knows DBOS.

The library looks ten times a second into each queue, and asks three things at each look: what the queue's settings are,
which version of the application is the latest, and which jobs wait. An idle process spent a tenth of a core on it
(docs/decisions/0033-an-idle-worker-asks-little.md). Here the first is remembered for a while, and the other two are asked
only where one glance at an index says that a job waits; how soon a job is taken up stays as it was.
"""

import time
from typing import Final

from dbos import Queue
from dbos._sys_db import SystemDatabase
from sqlalchemy import ColumnElement, bindparam, exists, literal_column, select

SETTINGS_LAST_SECONDS: Final = 5.0


def look_lightly(system: SystemDatabase) -> None:
    """Has the threads that watch the queues ask as little as they can."""
    looks = _Looks(system)
    system.get_queue = looks.settings_of  # type: ignore[method-assign]
    system.dequeue_scopes = looks.where_to_take_from  # type: ignore[method-assign]


class _Looks:
    def __init__(self, system: SystemDatabase) -> None:
        self._engine = system.engine
        self._read = system.get_queue
        self._scopes = system.dequeue_scopes
        self._remembered: dict[str, tuple[float, Queue | None]] = {}
        jobs = system.tables.workflow_status.c
        waiting: ColumnElement[str] = literal_column("'ENQUEUED'")
        # Said twice, and not as parameters: so SQLite sees that its index of waiting and running jobs will do.
        self._one_waits = select(
            exists().where(
                jobs.queue_name == bindparam("queue"),
                jobs.status == waiting,
                jobs.status.in_([waiting, literal_column("'PENDING'")]),
            )
        )

    def settings_of(self, name: str, *, client_system_database: SystemDatabase | None = None) -> Queue | None:
        """The queue as it is registered, or was some seconds ago."""
        at = time.monotonic()
        read_at, queue = self._remembered.get(name, (-SETTINGS_LAST_SECONDS, None))
        if at - read_at >= SETTINGS_LAST_SECONDS or queue is None or client_system_database is not None:
            queue = self._read(name, client_system_database=client_system_database)
            self._remembered[name] = at, queue
        return queue

    def where_to_take_from(self, queue_name: str) -> list[str | None]:
        """What the library says; nothing where no job waits in that queue."""
        with self._engine.connect() as connection:
            waits = connection.execute(self._one_waits, {"queue": queue_name}).scalar_one()
        return self._scopes(queue_name) if waits else []
