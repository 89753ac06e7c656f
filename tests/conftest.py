"""Fixtures that every room shares: both databases for real, a vault, a blob store; sockets open to loopback only."""

import base64
import os
import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from fastapi import FastAPI

from entrypoints.desk import Desk
from entrypoints.setting_up import migrate
from entrypoints.web import build_app
from foundation.crypto import MasterKeys
from foundation.database import Database
from foundation.settings import Environment, Settings
from moderation import officers
from reports.vault import Vault, open_vault
from tests.desks import desk_over
from tests.jobs import Jobs
from tests.postgres import PostgresServer

MASTER = f"test:{base64.b64encode(bytes(range(32))).decode()}"
"""Always the same: it stands in the names of cases, which every process must collect alike."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What starts processes goes first: a minute's test that begins last keeps one core waiting for the other."""
    items.sort(key=lambda item: item.path.parent.name not in ("journeys", "browser"))


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])  # type: ignore[index]
            if not (host.startswith("127.") or host in ("::1", "localhost")):
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", autouse=True)
def earnest_hasher() -> Iterator[PasswordHasher]:
    """Passwords are hashed for real, though not for as long as outside: that is what this one does."""
    earnest = officers.HASHER
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(officers, "HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
        yield earnest


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the run, with a migrated template database."""
    with PostgresServer.started() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrate(Settings(database_url=f"sqlite:///{path}", environment=Environment.test, _env_file=None))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "qianshao.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.fresh_database() as url:
        yield url


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of a test deployment; nothing of the developer's own environment leaks in."""
    for name in [name for name in os.environ if name.startswith("QIANSHAO_")]:
        del os.environ[name]
    return Settings(
        environment=Environment.test,
        database_url=database_url,
        blobs_url=f"file://{tmp_path}/blobs",
        master_keys=MASTER,
        _env_file=None,
    )


@pytest.fixture
def masters() -> MasterKeys:
    """The master keys of a test deployment."""
    return MasterKeys.parse(MASTER)


@pytest_asyncio.fixture
async def database(database_url: str, masters: MasterKeys) -> AsyncIterator[Database]:
    """An open database, with the deployment's secrets made."""
    database = Database(database_url)
    async with database.writing() as session:
        vault = await open_vault(session, masters)
        await session.commit()
    database.session_info["audit_secret"] = vault.audit_secret
    yield database
    await database.close()


@pytest_asyncio.fixture
async def vault(database: Database, masters: MasterKeys) -> Vault:
    """The vault of that database."""
    async with database.reading() as session:
        return await open_vault(session, masters)


@pytest_asyncio.fixture
async def desk(settings: Settings, database: Database, vault: Vault) -> AsyncIterator[Desk]:
    """Everything a process of ours has at hand, over that database."""
    desk = desk_over(settings, database, vault)
    yield desk
    await desk.at_once.close()


@pytest.fixture
def jobs(desk: Desk) -> Jobs:
    """The jobs of that desk, run when the test says so."""
    return Jobs(desk)


@pytest_asyncio.fixture
async def app(desk: Desk) -> AsyncIterator[FastAPI]:
    """The application at that desk, started, with no worker beside it."""
    app = build_app(desk.settings.model_copy(update={"worker_embedded": False}), desk)
    async with app.router.lifespan_context(app):
        yield app
