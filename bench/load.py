"""The load: prepared requests over a few kept connections, as fast as they are answered, or at a fixed rate."""

import asyncio
import gc
import random
import re
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.messages import AFTER_DIGITS, BOT_TOKEN, DATA_PLACES, Request, chat_of
from bot.telegram.buttons import Buttons
from foundation.clock import now

CONNECTIONS = 16
PATIENCE_SECONDS = 30.0
"""How long after the end a last answer is waited for."""

_SEQ = re.compile(rb'"seq":(\d+)')
_DATA = re.compile(rb'"callback_data": ?"([^"]+)"')


class WrongAnswer(RuntimeError):
    """The server answered with something else than 200."""


@dataclass(slots=True)
class Answered:
    """What came of a load: seconds until each answer, by kind of message, in order of their coming."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)
    total: int = 0
    """All that was answered, the warm-up too."""

    @property
    def rate(self) -> float:
        """Messages a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """The latency in milliseconds that `share` of the messages stay under."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0.0


class _Connection(asyncio.Protocol):
    """One kept connection; one request at a time."""

    def __init__(self, load: "_Load") -> None:
        self._load = load
        self._buffer = b""
        self.since = 0.0
        self.request: Request | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self, request: Request, since: float) -> None:
        self.request, self.since = request, since
        self.transport.write(self._load.raw_of(request))

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        at = self._buffer.find(b"content-length: ", 0, head)
        length = int(self._buffer[at + 16 : self._buffer.find(b"\r\n", at, head + 2)])
        if len(self._buffer) < head + 4 + length:
            return
        answer, self._buffer = self._buffer, b""
        self._load.answered(self, answer)

    def connection_lost(self, fault: Exception | None) -> None:
        self._load.lost(fault)


class _Load:
    def __init__(self, requests: Sequence[Request]) -> None:
        self.requests: Iterator[Request] = iter(requests)
        self.result = Answered()
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.under_way = 0
        self._last_seen: dict[int, bytes] = {}
        self._keyboards: dict[int, bytes] = {}
        self._buttons = Buttons(BOT_TOKEN)
        self._today = now()
        self.connections: list[_Connection] = []

    async def connect(self, port: int) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(CONNECTIONS):
            _, connection = await loop.create_connection(lambda: _Connection(self), "127.0.0.1", port)
            self.connections.append(connection)

    def raw_of(self, request: Request) -> bytes:
        if request.pressed >= 0:
            data = b'"%s"' % self._data_of(request)
            end = request.pressed + DATA_PLACES
            return request.raw[: request.pressed] + data.ljust(DATA_PLACES) + request.raw[end:]
        if request.after < 0 or request.user not in self._last_seen:
            return request.raw
        seen = self._last_seen[request.user].rjust(AFTER_DIGITS)
        return request.raw[: request.after] + seen + request.raw[request.after + AFTER_DIGITS :]

    def _data_of(self, request: Request) -> bytes:
        """What the button of this option carries on the last message that the citizen got; the floor shows none."""
        for data in _DATA.findall(self._keyboards.get(request.user, b"")):
            if (
                self._buttons.pressed(chat_of(request.user), data.decode(), self._today).option_id
                == request.button
            ):
                return data
        return request.button.encode()

    def check(self, request: Request, answer: bytes) -> None:
        if not answer.startswith(b"HTTP/1.1 200"):
            self.fail(WrongAnswer(f"{request.kind}: {answer[:600]!r}"))
        if b'"callback_data"' in answer:
            self._keyboards[request.user] = answer
        if request.after >= 0:
            found = _SEQ.findall(answer)
            if found:
                self._last_seen[request.user] = found[-1]

    def answered(self, connection: _Connection, answer: bytes) -> None:
        raise NotImplementedError

    def count(self, request: Request, latency: float) -> None:
        self.result.latencies.append(latency)
        self.result.kinds[request.kind] = self.result.kinds.get(request.kind, 0) + 1

    def lost(self, fault: Exception | None) -> None:
        self.fail(WrongAnswer(f"a connection was closed: {fault}"))

    def fail(self, fault: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(fault)

    def finish(self) -> None:
        if not self.done.done() and not self.under_way:
            self.done.set_result(None)

    async def finished(self, patience: float) -> Answered:
        gc.collect()
        gc.disable()
        try:
            await asyncio.wait_for(self.done, patience)
        finally:
            gc.enable()
            for connection in self.connections:
                connection.transport.abort()
        return self.result


class _Saturating(_Load):
    def __init__(self, requests: Sequence[Request], warm: int, seconds: float) -> None:
        super().__init__(requests)
        self._warm, self._lasts = warm, seconds
        self._began = 0.0

    def go(self) -> None:
        self._began = time.perf_counter()
        for connection in self.connections:
            self._next(connection)

    def _next(self, connection: _Connection) -> None:
        over = self.result.total >= self._warm and time.perf_counter() - self._began >= self._lasts
        request = None if over else next(self.requests, None)
        if request is None:
            self.finish()
            return
        self.under_way += 1
        connection.send(request, time.perf_counter())

    def answered(self, connection: _Connection, answer: bytes) -> None:
        moment = time.perf_counter()
        request = connection.request
        assert request is not None
        self.check(request, answer)
        self.under_way -= 1
        self.result.total += 1
        if self.result.total == self._warm:
            self._began = moment
        elif self.result.total > self._warm:
            self.count(request, moment - connection.since)
            self.result.seconds = moment - self._began
        self._next(connection)


class _Paced(_Load):
    """Arrivals at chance moments; an answer's time counts from the moment the message was due."""

    def __init__(self, requests: Sequence[Request], rate: float, warm: int, seconds: float) -> None:
        super().__init__(requests)
        chance = random.Random(7)
        due, self._due = 0.0, deque[float]()
        while due < seconds:
            due += chance.expovariate(rate)
            self._due.append(due)
        self._warm = warm
        self._began = 0.0
        self._waiting: deque[tuple[Request, float]] = deque()
        self._free: list[_Connection] = []

    def go(self) -> None:
        self._free = list(self.connections)
        self._began = time.perf_counter()
        self._tick()

    def _tick(self) -> None:
        moment = time.perf_counter()
        while self._due and self._began + self._due[0] <= moment:
            request = next(self.requests, None)
            if request is None:
                self._due.clear()
                break
            self.under_way += 1
            self._waiting.append((request, self._began + self._due.popleft()))
        self._send()
        if self._due:
            asyncio.get_running_loop().call_later(
                max(0.0, self._began + self._due[0] - time.perf_counter()), self._tick
            )
        else:
            self.finish()

    def _send(self) -> None:
        while self._waiting and self._free:
            request, since = self._waiting.popleft()
            self._free.pop().send(request, since)

    def answered(self, connection: _Connection, answer: bytes) -> None:
        moment = time.perf_counter()
        request = connection.request
        assert request is not None
        self.check(request, answer)
        self.under_way -= 1
        self.result.total += 1
        if self.result.total > self._warm:
            self.count(request, moment - connection.since)
            self.result.seconds = moment - self._began
        self._free.append(connection)
        self._send()
        if not self._due:
            self.finish()


def saturate(port: int, requests: Sequence[Request], *, warm: int, seconds: float) -> Answered:
    """Each connection sends its next request when the last one is answered, until time or requests are up."""

    async def run() -> Answered:
        load = _Saturating(requests, warm, seconds)
        await load.connect(port)
        load.go()
        return await load.finished(seconds + 2 * PATIENCE_SECONDS)

    return asyncio.run(run())


def pace(port: int, requests: Sequence[Request], *, rate: float, warm: int, seconds: float) -> Answered:
    """`rate` messages a second at chance moments (Poisson), whether or not the server keeps up."""

    async def run() -> Answered:
        load = _Paced(requests, rate, warm, seconds)
        await load.connect(port)
        load.go()
        return await load.finished(seconds + 2 * PATIENCE_SECONDS)

    return asyncio.run(run())
