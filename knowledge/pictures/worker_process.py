"""One worker as its reader holds it: started when first asked, ended when it hangs, replaced when it dies."""

import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import Any

from knowledge.pictures import frames
from knowledge.pictures.errors import ReaderUnavailable

_ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60.0
"""A fresh interpreter starts in half a second; the rest is for a machine that is short of everything."""
_log = logging.getLogger(__name__)


class WorkerDied(Exception):
    """The process ended before it answered. `killed`: from outside, as the system does for want of memory; else
    something in the picture made it end: a crash in native code, or its own alarm.
    """

    def __init__(self, status: int) -> None:
        super().__init__(f"it ended with {status}")
        self.killed = status >= 0 or status == -signal.SIGKILL


class WorkerHung(Exception):
    """The process did not answer in time and was ended."""


class WorkerProcess:
    """Used by one thread at a time; `end` may be called from any."""

    def __init__(self, memory_bytes: int, pictures: int) -> None:
        self._memory_bytes = memory_bytes
        self._pictures = pictures
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self.peak_bytes = 0
        """The most memory (resident) that any of its processes has said to have used."""

    @property
    def process_id(self) -> int | None:
        """None while no process runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def ask(self, words: dict[str, Any], payload: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Sends one question and waits for its answer. The time to start a process is not counted.
        Raises `WorkerDied`, `WorkerHung` and, when none can be started, `ReaderUnavailable`.
        """
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        # The worker's own alarm comes a little later than ours: it is for when this process is gone.
        frame = frames.packed({**words, "seconds": seconds + 2}, payload)
        deadline = monotonic() + seconds
        try:
            frames.send(process.stdin.fileno(), frame, deadline)
            answer, copy = frames.receive(process.stdout.fileno(), deadline)
        except frames.NoAnswerInTime:
            _log.warning("picture worker %d gave no answer in %.0f s and was ended", process.pid, seconds)
            self._discard()
            raise WorkerHung from None
        except frames.ConversationEnded:
            self._discard()
            raise WorkerDied(process.returncode) from None
        self.peak_bytes = max(self.peak_bytes, int(answer.get("peak_bytes", 0)))
        if answer.get("last"):
            self._discard()
        return answer, copy

    def end(self) -> None:
        """Ends the process now, whatever it is doing (a worker has nothing to lose), and starts no other. Who
        is waiting for its answer gets `WorkerDied`.
        """
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()

    def clear_away(self) -> None:
        """Closes the pipes of an ended process. Not while a thread may still wait at them: their numbers
        would be given to other files under its hands.
        """
        self._discard()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None:
            if self._process.poll() is None:
                return self._process
            self._discard()
        if self._closed:
            raise ReaderUnavailable("the reader is closed")
        process = self._process = self._start()
        if self._closed:  # meanwhile: `end` may have looked before there was a process
            process.kill()
        assert process.stdout is not None
        try:
            frames.receive(process.stdout.fileno(), monotonic() + _START_SECONDS)
        except (frames.NoAnswerInTime, frames.ConversationEnded):
            self._discard()
            raise ReaderUnavailable(f"a picture worker did not start (exit {process.returncode})") from None
        return process

    def _start(self) -> subprocess.Popen[bytes]:
        command = [
            sys.executable, "-P", "-m", "knowledge.pictures.worker", "--parent", str(os.getpid()),
            "--memory", str(self._memory_bytes), "--pictures", str(self._pictures),
        ]  # fmt: skip
        try:
            process = subprocess.Popen(  # noqa: S603  this interpreter, with arguments of our own
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, cwd="/", env=_environment()
            )
        except OSError as problem:
            raise ReaderUnavailable(f"a picture worker cannot be started: {problem}") from problem
        assert process.stdin is not None
        assert process.stdout is not None
        os.set_blocking(process.stdin.fileno(), False)
        os.set_blocking(process.stdout.fileno(), False)
        return process

    def _discard(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _environment() -> dict[str, str]:
    """Made anew: the service's own holds master keys and tokens, which are no business of a worker's."""
    wanted = ("PATH", "LD_LIBRARY_PATH", "LANG", "TZ", "TMPDIR")
    kept = {name: os.environ[name] for name in wanted if name in os.environ}
    # One thread each: workers are the unit of parallel work. Fewer allocator arenas keep memory together.
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**kept, **one_thread, "MALLOC_ARENA_MAX": "2", "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
