"""Which core does what: the measured server has one to itself, everything around it shares the other one."""

import contextlib
import os
from collections.abc import Iterator

SERVER = 0
PEER = 1


@contextlib.contextmanager
def on_core(number: int) -> Iterator[None]:
    """Processes started within the block stay on this core, where the system can do that and has so many."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    ordered = sorted(before)
    os.sched_setaffinity(0, {ordered[number % len(ordered)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
