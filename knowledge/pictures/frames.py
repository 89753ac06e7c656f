"""How the reader and a worker talk over a pipe: one frame is a JSON object and one run of bytes.

JSON and not pickle: a worker handles strangers' files, and whoever took it over could make a pickle run code
in the service. Both lengths are bounded for the same reason.
"""

import json
import os
import select
from time import monotonic
from typing import Any

MOST_WORDS = 8 * 1024 * 1024
MOST_BYTES = 64 * 1024 * 1024
_LENGTHS = 8


class ConversationEnded(Exception):
    """The other side closed its end, or said something that is no frame."""


class NoAnswerInTime(Exception):
    """The other side neither took the question nor answered by the deadline."""


def packed(words: dict[str, Any], payload: bytes = b"") -> bytes:
    """A frame: both lengths in four bytes each, the words as JSON, the payload as it is."""
    written = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    return len(written).to_bytes(4, "big") + len(payload).to_bytes(4, "big") + written + payload


def send(pipe: int, frame: bytes, deadline: float | None = None) -> None:
    """Writes a whole frame. With a `deadline` (of `time.monotonic`) the pipe must be non-blocking.
    Raises `ConversationEnded` and `NoAnswerInTime`.
    """
    rest = memoryview(frame)
    while rest:
        _wait(pipe, select.POLLOUT, deadline)
        try:
            rest = rest[os.write(pipe, rest) :]
        except BlockingIOError:
            continue
        except OSError as problem:  # the reading end is gone
            raise ConversationEnded from problem


def receive(pipe: int, deadline: float | None = None) -> tuple[dict[str, Any], bytes]:
    """Reads a whole frame. Raises `ConversationEnded` and `NoAnswerInTime`."""
    lengths = _exactly(pipe, _LENGTHS, deadline)
    words_length, payload_length = int.from_bytes(lengths[:4], "big"), int.from_bytes(lengths[4:], "big")
    if words_length > MOST_WORDS or payload_length > MOST_BYTES:
        raise ConversationEnded
    written = _exactly(pipe, words_length, deadline)
    payload = _exactly(pipe, payload_length, deadline)
    try:
        words = json.loads(written)
    except (ValueError, RecursionError) as problem:
        raise ConversationEnded from problem
    if not isinstance(words, dict):
        raise ConversationEnded
    return words, payload


def _exactly(pipe: int, wanted: int, deadline: float | None) -> bytes:
    got = bytearray()
    while len(got) < wanted:
        _wait(pipe, select.POLLIN, deadline)
        try:
            piece = os.read(pipe, min(wanted - len(got), 1 << 20))
        except BlockingIOError:
            continue
        except OSError as problem:
            raise ConversationEnded from problem
        if not piece:
            raise ConversationEnded
        got += piece
    return bytes(got)


def _wait(pipe: int, event: int, deadline: float | None) -> None:
    if deadline is None:
        return
    waiting = select.poll()
    waiting.register(pipe, event)
    left = deadline - monotonic()
    if left <= 0 or not waiting.poll(left * 1000):
        raise NoAnswerInTime
