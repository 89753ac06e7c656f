"""The processes under measurement, on loopback and on a core of their own: the product, and the floor beside it."""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import SecretStr

from bench.cores import SERVER, on_core
from bench.messages import AES_KEY, APP_ID, BOT_SECRET, BOT_TOKEN, SITE, WECHAT_TOKEN
from foundation.crypto import new_master_key
from foundation.settings import Environment, Settings, TelegramSettings, WeChatSettings
from tests.deployment import PROJECT, as_environment, free_port

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """What all its threads have used of the processor so far; 0 where the system does not say."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / _TICKS


def settings_of(database_url: str, folder: Path, bot_api: str) -> Settings:
    """A deployment with all three channels. Its jobs are left to a worker that is not part of the measurement."""
    return Settings(
        environment=Environment.test,
        database_url=database_url,
        blobs_url=f"file://{folder}/blobs",
        master_keys=SecretStr(new_master_key("bench")),
        public_url=f"http://{SITE}",
        worker_embedded=False,
        wechat=WeChatSettings(
            app_id=APP_ID,
            app_secret=SecretStr("0123456789abcdef0123456789abcdef"),
            token=SecretStr(WECHAT_TOKEN),
            encoding_aes_key=SecretStr(AES_KEY),
            api_base="http://127.0.0.1:9",
        ),
        telegram=TelegramSettings(
            token=SecretStr(BOT_TOKEN), webhook_secret=SecretStr(BOT_SECRET), api_base=bot_api
        ),
        _env_file=None,
    )


def set_up(settings: Settings) -> None:
    """Migrates and loads the packs, by the command."""
    for arguments in (["migrate"], ["packs", "load"]):
        done = subprocess.run(
            [sys.executable, "-m", "entrypoints.console", *arguments],
            env=as_environment(settings), cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"qianshao {' '.join(arguments)}: {done.stdout}{done.stderr}")


@contextlib.contextmanager
def product(settings: Settings, folder: Path, *, traced: Path | None = None) -> Iterator[Server]:
    """`qianshao serve`; with `traced` the same under a stopwatch that writes what it saw into that file."""
    module = ["bench.traced", "--out", str(traced)] if traced else ["entrypoints.console", "serve"]
    with _running([*module, "--port"], as_environment(settings), folder / "product.log") as server:
        yield server


@contextlib.contextmanager
def floor(database_url: str, folder: Path) -> Iterator[Server]:
    """The bare handlers of `bench.floor`."""
    arguments = ["bench.floor", "--database-url", database_url, "--port"]
    with _running(arguments, dict(os.environ), folder / "floor.log") as server:
        yield server


@contextlib.contextmanager
def _running(module: list[str], environment: dict[str, str], log: Path) -> Iterator[Server]:
    port = free_port()
    with log.open("ab") as output, on_core(SERVER):
        process = subprocess.Popen(
            [sys.executable, "-m", *module, str(port)],
            env=environment,
            cwd=PROJECT,
            stdout=output,
            stderr=output,
        )
    try:
        _wait(process, port, log)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"a server did not start: {log.read_text()[-4000:]}")


class _AnsweringYes(asyncio.Protocol):
    """Takes any request and says what the Bot API says to a button that was answered."""

    _YES = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}'

    def __init__(self) -> None:
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (head := self._buffer.find(b"\r\n\r\n")) >= 0:
            lines = self._buffer[:head].lower().split(b"\r\n")
            length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
            if len(self._buffer) < head + 4 + length:
                return
            self._buffer = self._buffer[head + 4 + length :]
            self._transport.write(self._YES)


async def _answer_yes(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(_AnsweringYes, "127.0.0.1", port)
    await server.serve_forever()


@contextlib.contextmanager
def bot_api() -> Iterator[str]:
    """The address of a Bot API that agrees to everything, in a process of its own: a pressed button is answered there."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.servers", str(port)], cwd=PROJECT)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(5)


if __name__ == "__main__":
    asyncio.run(_answer_yes(int(sys.argv[1])))
