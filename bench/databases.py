"""The two databases of a measurement, as durable as in earnest: nothing is switched off that a power cut would need."""

import contextlib
import os
import pwd
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from bench.cores import PEER, on_core
from tests.postgres import find_program

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"

FreshUrl = Callable[[str], str]
"""Gives the address of a database of this name: new and empty, unless the folder kept it from an earlier run."""


@contextlib.contextmanager
def sqlite_files(kept: Path | None = None) -> Iterator[FreshUrl]:
    """Files in a temporary folder on this machine's disk, or in a folder that is left as it is."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield lambda name: f"sqlite:///{kept.resolve()}/{name}.db"
        return
    with tempfile.TemporaryDirectory(prefix="qianshao-bench-") as folder:
        yield lambda name: f"sqlite:///{folder}/{name}.db"


@contextlib.contextmanager
def postgres_server(kept: Path | None = None) -> Iterator[FreshUrl]:
    """A server of its own with Debian's defaults (fsync and synchronous commit are on), on a unix socket.

    Its data lie in a temporary folder, or in one that is left as it is.
    """
    folder = Path(tempfile.mkdtemp(prefix="qianshao-bench-pg-")) if kept is None else kept.resolve() / "pg"
    folder.mkdir(parents=True, exist_ok=True)
    prefix: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    try:
        if not (folder / "data").exists():
            subprocess.run(
                [*prefix, str(find_program("initdb")), "-D", str(folder / "data"), "-U", "postgres",
                 "--locale=C.UTF-8", "--auth=trust"],
                check=True, capture_output=True, cwd=folder,
            )  # fmt: skip
        with on_core(PEER):
            process = subprocess.Popen(
                [*prefix, str(find_program("postgres")), "-D", str(folder / "data"), "-k", str(folder),
                 "-c", "listen_addresses="],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
            )  # fmt: skip
        try:
            _wait(folder)

            def fresh(name: str) -> str:
                with psycopg.connect(_url(folder, "postgres"), autocommit=True) as admin:
                    there = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
                    if there is None:
                        admin.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
                return _url(folder, name)

            yield fresh
        finally:
            process.send_signal(signal.SIGINT)  # without waiting for clients
            process.wait(30)
    finally:
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


KINDS: dict[str, Callable[..., "contextlib.AbstractContextManager[FreshUrl]"]] = {
    SQLITE: sqlite_files,
    POSTGRESQL: postgres_server,
}


def count(url: str, what: str) -> int:
    """One number from a database: `what` is a FROM clause with its condition."""
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])
    with psycopg.connect(url) as server:
        row = server.execute(f"SELECT count(*) FROM {what}").fetchone()  # type: ignore[call-overload]
        return int(row[0])


def _url(folder: Path, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={folder}"


def _wait(folder: Path) -> None:
    for _ in range(300):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(_url(folder, "postgres")):
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not start within 30 seconds")
