"""The service's way to read pictures: a small pool of worker processes that no picture can take down.

A worker that dies is replaced. Was it killed, the picture is tried once more, since its death may have had another
cause; did it crash, or spend too long on the pixels, the picture is refused, as it is when a worker hangs. Nothing here belongs to an
event loop: one reader may be awaited from several.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self, TypeVar

from knowledge.pictures.addresses import SHIPPED, OfficialDomains
from knowledge.pictures.errors import REFUSALS, PictureRefused, PictureUnreadable, ReaderUnavailable
from knowledge.pictures.metadata import Taken
from knowledge.pictures.opening import DEFAULT_LIMITS, DisplayCopy, PictureLimits, inspect
from knowledge.pictures.reading import PictureReading
from knowledge.pictures.worker_process import WorkerDied, WorkerHung, WorkerProcess

_GIGABYTE = 1024**3
_JPEG = b"\xff\xd8\xff"
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Examined:
    """What a picture says, the copy to look at, and what its camera wrote into the file."""

    reading: PictureReading
    display: DisplayCopy
    taken: Taken | None = None


class PictureReader:
    """`async with PictureReader() as reader: await reader.examine(data)`.

    `processes`: pictures read at once, about 500 MB and one core each. `memory_bytes`: address space of a
    worker; resident memory stays some 400 MB below it. `pictures_per_worker`: after so many a worker makes
    room for a fresh one. `decoding_seconds`: of the processor, for turning a file into pixels.
    `official_domains`: what addresses are compared with, else the file of the project. Workers start when
    they are first needed. Raises OfficialDomainsUnreadable.
    """

    def __init__(
        self,
        processes: int = 1,
        limits: PictureLimits = DEFAULT_LIMITS,
        memory_bytes: int = 2 * _GIGABYTE,
        pictures_per_worker: int = 500,
        official_domains: Path = SHIPPED,
        decoding_seconds: float = 10.0,
    ) -> None:
        if processes < 1:
            raise ValueError("a reader needs at least one process")
        self._limits = limits
        self._decoding_seconds = decoding_seconds
        self._officials = OfficialDomains.read(official_domains)
        self._workers = tuple(WorkerProcess(memory_bytes, pictures_per_worker) for _ in range(processes))
        self._idle: SimpleQueue[WorkerProcess] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        # As many threads as workers, so that a thread never waits for one.
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="picture-reader")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def warm(self, timeout_seconds: float = 120) -> None:
        """Starts every worker and loads its models, so that the first picture is read as fast as the next.
        Raises `ReaderUnavailable` when a worker cannot do it.
        """
        await asyncio.gather(
            *(self._on_a_worker(lambda worker: _warmed(worker, timeout_seconds)) for _ in self._workers)
        )

    async def examine(self, data: bytes, timeout_seconds: float = 60) -> Examined:
        """Reads one picture and makes its display copy. The time spent waiting for a worker is not counted.
        Raises a `PictureRefused` when the picture is at fault and `ReaderUnavailable` when it is not.
        """
        officials = self._officials
        known = {"officials": officials.owners, "honest": sorted(officials.honest)}
        answer, copy = await self._ask("examine", data, timeout_seconds, known)
        try:
            taken = answer["taken"]
            return Examined(
                PictureReading.from_json(answer["reading"]), copy, Taken.from_json(taken) if taken else None
            )
        except (KeyError, TypeError, ValueError) as problem:
            raise _made_no_sense(problem) from problem

    async def display(self, data: bytes, timeout_seconds: float = 20) -> DisplayCopy:
        """Makes the display copy alone, without models: for a picture whose reading failed, or before it."""
        _, copy = await self._ask("display", data, timeout_seconds)
        return copy

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The workers that run now."""
        return tuple(pid for worker in self._workers if (pid := worker.process_id) is not None)

    @property
    def peak_bytes(self) -> int:
        """The most resident memory that one worker has used so far."""
        return max(worker.peak_bytes for worker in self._workers)

    async def close(self) -> None:
        """Ends every worker at once; whoever still waits gets `ReaderUnavailable`. May be called twice."""
        for worker in self._workers:
            worker.end()
        await asyncio.to_thread(self._threads.shutdown)
        for worker in self._workers:
            worker.clear_away()

    async def _ask(
        self, act: str, data: bytes, seconds: float, known: dict[str, Any] | None = None
    ) -> tuple[dict[str, Any], DisplayCopy]:
        inspect(data, self._limits)  # a plainly wrong file needs no worker
        words = {
            "act": act,
            "limits": asdict(self._limits),
            "decoding": self._decoding_seconds,
            **(known or {}),
        }
        answer, payload = await self._on_a_worker(lambda worker: _asked_twice(worker, words, data, seconds))
        try:
            if "refused" in answer:
                raise REFUSALS[answer["refused"]](**answer["fields"])
            if not payload.startswith(_JPEG):
                raise ValueError("the display copy is no JPEG")
            size = answer["display"]
            return answer, DisplayCopy(payload, int(size["width"]), int(size["height"]))
        except (KeyError, TypeError, ValueError) as problem:
            raise _made_no_sense(problem) from problem

    async def _on_a_worker(self, act: Callable[[WorkerProcess], _T]) -> _T:
        def with_one() -> _T:
            worker = self._idle.get()
            try:
                return act(worker)
            finally:
                self._idle.put(worker)

        try:
            begun = self._threads.submit(with_one)
        except RuntimeError:  # after `close`
            raise ReaderUnavailable("the reader is closed") from None
        return await asyncio.wrap_future(begun)


def _warmed(worker: WorkerProcess, seconds: float) -> None:
    try:
        answer, _ = worker.ask({"act": "warm"}, b"", seconds)
    except (WorkerDied, WorkerHung) as problem:
        raise ReaderUnavailable(f"a picture worker could not load its models: {problem}") from problem
    if not answer.get("warm"):
        raise ReaderUnavailable("a picture worker could not load its models; its error output says why")


def _asked_twice(
    worker: WorkerProcess, words: dict[str, Any], data: bytes, seconds: float
) -> tuple[dict[str, Any], bytes]:
    """A worker can be killed for want of memory elsewhere: only a second such death is blamed on the picture, and one
    of its own making at once.
    """
    for last in (False, True):
        try:
            return worker.ask(words, data, seconds)
        except WorkerHung:
            raise PictureUnreadable() from None
        except WorkerDied as died:
            refused = last or not died.killed
            _log.warning("a picture worker died: %s%s", died, "; the picture is refused" if refused else "")
            if refused:
                break
    raise PictureUnreadable()


def _made_no_sense(problem: Exception) -> PictureRefused:
    _log.error("a picture worker gave an answer that makes no sense: %r", problem)
    return PictureUnreadable()
