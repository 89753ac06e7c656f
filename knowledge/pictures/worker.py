"""One worker: `python -m knowledge.pictures.worker`, started by `worker_process`, never by hand.

It reads pictures from standard input and answers on standard output (`frames`), one at a time, with nothing
of the service in it: no settings, no keys, no database. What it may do is bounded by the kernel (memory, and
alarms for each picture that end even code that hangs inside a native library) and by an audit hook that
refuses network connections and new programs. It ends when its reader's process ends.
"""

import argparse
import faulthandler
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

from knowledge.pictures import frames
from knowledge.pictures.errors import PictureRefused, PictureUnreadable
from knowledge.pictures.opening import DisplayCopy, PictureLimits, display_copy, display_of, open_picture

Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """Answers questions on its standard input until that ends, or enough pictures were read."""
    parser = argparse.ArgumentParser(prog="knowledge.pictures.worker")
    parser.add_argument("--parent", type=int, required=True, help="the process whose end is this one's end")
    parser.add_argument("--memory", type=int, required=True, help="bytes of address space")
    parser.add_argument("--pictures", type=int, required=True, help="how many to read before making room")
    wanted = parser.parse_args()
    # A terminal and a process manager signal the whole group; finishing is the reader's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process, whatever was inherited
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGALRM, signal.SIGPROF})
    _end_with(wanted.parent)
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (wanted.memory, wanted.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.dup(1)
    os.dup2(2, 1)  # a library that prints must not print into an answer
    sys.addaudithook(_refuse_the_world)
    _serve(0, answers, wanted.pictures)


def _serve(questions: int, answers: int, pictures: int) -> None:
    frames.send(answers, frames.packed({"ready": True}))
    for left in reversed(range(pictures)):
        try:
            asked, data = frames.receive(questions)
        except frames.ConversationEnded:
            return
        signal.setitimer(signal.ITIMER_REAL, asked["seconds"])
        words, payload, sound = _answer(asked, data)
        signal.setitimer(signal.ITIMER_REAL, 0)
        last = not sound or left == 0
        words["last"] = last
        words["peak_bytes"] = _peak_bytes()
        try:
            frames.send(answers, frames.packed(words, payload))
        except frames.ConversationEnded:
            return
        if last:
            return


def _answer(asked: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes, bool]:
    """The answer, and whether this process is still sound afterwards."""
    acts: dict[str, Callable[[dict[str, Any], bytes], Answer]] = {
        "warm": _warm,
        "examine": _examine,
        "display": _display,
    }
    try:
        return (*acts[asked["act"]](asked, data), True)
    except PictureRefused as refused:
        return {"refused": refused.reason, "fields": refused.fields}, b"", True
    except Exception:  # whatever a hostile picture provoked, out of memory included
        traceback.print_exc(file=sys.stderr)
        return {"refused": PictureUnreadable.reason, "fields": {}}, b"", False


def _warm(asked: dict[str, Any], data: bytes) -> Answer:
    from knowledge.pictures.reading import warm_up

    warm_up()
    return {"warm": True}, b""


def _examine(asked: dict[str, Any], data: bytes) -> Answer:
    from knowledge.pictures.addresses import OfficialDomains
    from knowledge.pictures.metadata import taken_of
    from knowledge.pictures.private_numbers import covered, private_boxes
    from knowledge.pictures.reading import MOST_PIXELS, ReadingWarning, read_opened

    with _at_most(asked["decoding"]):
        opened = open_picture(data, PictureLimits(**asked["limits"]), MOST_PIXELS)
    reading = read_opened(opened, data, OfficialDomains(asked["officials"], frozenset(asked["honest"])))
    cards = {ReadingWarning.IDENTITY_CARD, ReadingWarning.BANK_CARD}
    boxes = private_boxes(
        (*reading.lines, *reading.faint),
        on_card=bool(cards & {*reading.warnings}),
        turned=ReadingWarning.TURNED in reading.warnings,
    )
    image = covered(opened.image, boxes, opened.scale)
    words, copy = _described(display_of(replace(opened, image=image)))
    words["reading"] = reading.to_json()
    taken = taken_of(data)
    words["taken"] = taken.to_json() if taken is not None else None
    return words, copy


def _display(asked: dict[str, Any], data: bytes) -> Answer:
    with _at_most(asked["decoding"]):
        return _described(display_copy(data, PictureLimits(**asked["limits"])))


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Ends this process when the block takes longer: of the processor's time, so that a busy machine counts for nothing.
    A PDF of a kilobyte can draw itself for hours.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _described(copy: DisplayCopy) -> Answer:
    described = asdict(copy)
    payload = described.pop("data")
    return {"display": described}, payload


def _peak_bytes() -> int:
    """The most resident memory of this process. (`getrusage` would begin with that of whoever started it.)"""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):  # not Linux
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _end_with(parent: int) -> None:
    """Watches the reader's process. An idle worker notices its end by the closed pipe; this is for one
    that is busy, and the alarm for one that is stuck.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


_REFUSED_EVENTS = frozenset({
    "socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname",
    "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn",
})  # fmt: skip


def _refuse_the_world(event: str, _: tuple[Any, ...]) -> None:
    if event in _REFUSED_EVENTS:
        raise PermissionError(f"a picture worker does no {event}")


if __name__ == "__main__":
    main()
