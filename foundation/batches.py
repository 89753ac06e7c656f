"""Work that costs nearly the same for one as for many, such as a commit: who comes while it is under way goes with the next."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

MOST_TOGETHER = 32
"""Looks and writes of one batch. More gain nothing, and the first of them would wait longer."""

W = TypeVar("W")
A = TypeVar("A")


@dataclass(slots=True, eq=False)
class Asked(Generic[W, A]):
    """One thing asked for, and where its answer goes."""

    what: W
    answer: "asyncio.Future[A]"

    def give(self, answer: A) -> None:
        """Answers, unless nobody waits any more."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, fault: BaseException) -> None:
        """Answers with a fault, unless nobody waits any more."""
        if not self.answer.done():
            self.answer.set_exception(fault)


class Batches(Generic[W, A]):
    """Gathers what is asked for at the same time. Nobody waits for a batch to fill: an idle hand starts at once.

    `work` answers every one of the batch; what it raises is the answer of those that it left without one.
    """

    def __init__(
        self,
        work: Callable[[list[Asked[W, A]]], Awaitable[None]],
        *,
        hands: int,
        most: int = MOST_TOGETHER,
    ) -> None:
        """`hands` batches at a time, each of at most `most`."""
        self._work, self._most = work, most
        self._line: deque[Asked[W, A]] = deque()
        self._idle = hands
        self._under_way: set[asyncio.Task[None]] = set()

    async def ask(self, what: W) -> A:
        """Waits in line and gives the answer. Whoever stops waiting may be served all the same."""
        loop = asyncio.get_running_loop()
        asked: Asked[W, A] = Asked(what, loop.create_future())
        self._line.append(asked)
        if self._idle:
            self._idle -= 1
            task = loop.create_task(self._serve())
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return await asked.answer

    async def _serve(self) -> None:
        try:
            while self._line:
                await self._serve_one([self._line.popleft() for _ in range(min(self._most, len(self._line)))])
        finally:
            self._idle += 1

    async def _serve_one(self, batch: list[Asked[W, A]]) -> None:
        try:
            await self._work(batch)
        except BaseException as fault:
            for asked in batch:
                asked.fail(fault)
            if not isinstance(fault, Exception):
                raise

    async def finish(self) -> None:
        """Waits for what is under way."""
        await asyncio.gather(*self._under_way, return_exceptions=True)
