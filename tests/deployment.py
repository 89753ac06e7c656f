"""A deployment as an operator runs it: real processes, started by the command, killed without mercy."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from foundation.settings import Settings

PROJECT = Path(__file__).parent.parent


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_environment(settings: Settings) -> dict[str, str]:
    """The variables that make a process read these settings."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("QIANSHAO_")}
    for name, value in settings.model_dump(mode="python").items():
        if value is None:  # not set at all
            continue
        if isinstance(value, dict):
            for inner, content in value.items():
                variables[f"QIANSHAO_{name}__{inner}".upper()] = _plain(content)
        else:
            variables[f"QIANSHAO_{name}".upper()] = _plain(value)
    return variables


def _plain(value: object) -> str:
    return str(value.get_secret_value() if hasattr(value, "get_secret_value") else value)


@dataclass
class Deployment:
    """`qianshao serve` with its worker, on a port of its own."""

    settings: Settings
    folder: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> str:
        """One call of the command; its output. Raises where it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "entrypoints.console", *arguments],
            env=as_environment(self.settings), cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"qianshao {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self, patience_seconds: float = 60) -> None:
        """Starts it and waits until it is ready."""
        log = (self.folder / "serve.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "entrypoints.console", "serve", "--port", str(self.port)],
            env=as_environment(self.settings), cwd=PROJECT, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + patience_seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise AssertionError((self.folder / "serve.log").read_text()[-4000:])
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("it did not get ready in time")

    def kill(self) -> None:
        """SIGKILL to the process and everything it started, as when the power goes."""
        assert self.process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self.process = None

    def stop(self) -> None:
        """SIGTERM, then patience."""
        if self.process is None:
            return
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        self.kill()


@contextlib.contextmanager
def deployed(settings: Settings, folder: Path) -> Iterator[Deployment]:
    """A deployment with packs loaded and officers added, serving until the end of the block."""
    deployment = Deployment(settings, folder)
    deployment.run("packs", "load")
    deployment.start()
    try:
        yield deployment
    finally:
        deployment.stop()
