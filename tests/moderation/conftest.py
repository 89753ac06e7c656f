"""Fixtures for judging."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from sqlmodel import SQLModel

from foundation.crypto import MasterKeys, new_master_key
from foundation.database import Database
from foundation.job_queue import migrate
from reports.vault import open_vault
from tests.moderation.judging import JudgingDesk


@pytest_asyncio.fixture
async def judging_desk(tmp_path: Path) -> AsyncIterator[JudgingDesk]:
    url = f"sqlite:///{tmp_path}/judging.db"
    migrate(url)
    database = Database(url)
    async with database._writer.begin() as connection:
        await connection.run_sync(SQLModel.metadata.create_all)
    masters = MasterKeys.parse(new_master_key("k1"))
    async with database.writing() as session:
        vault = await open_vault(session, masters)
        await session.commit()
    database.session_info["audit_secret"] = vault.audit_secret
    yield JudgingDesk(database, vault)
    await database.close()
