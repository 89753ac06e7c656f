"""A desk for judging, made of the real parts over a database of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.database import Database
from foundation.ids import new_id
from moderation import officers, signing_in
from moderation.officers import Role
from moderation.tables import Officer
from reports import intake
from reports.intake import Submission
from reports.tables import Tip
from reports.vault import Vault

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, nine in the morning in China."""


class JudgingDesk:
    """Sessions that commit at the end of their block, and the few acts that the tests begin with."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.vault = vault

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        async with self.database.writing() as session:
            yield session
            await session.commit()

    async def officer(self, login: str, role: Role = Role.reviewer, name: str = "") -> Officer:
        async with self.transaction() as session:
            added = await officers.add(session, login=login, name=name or login, role=role, at=NINE)
        return added.officer

    async def tip(
        self, words: str = "群里有人说能修复征信", *, at: datetime = NINE, priority: int = 10, place: str = ""
    ) -> Tip:
        async with self.transaction() as session:
            reporter, _ = self.vault.new_reporter(at)
            session.add(reporter)
            await session.flush()
            tip = await intake.submit(
                session,
                Submission(
                    reporter_id=reporter.id,
                    channel="webchat",
                    kind="words",
                    submission_key=new_id("key"),
                    words=words,
                    place_text=place,
                    jurisdiction="demo-county",
                ),
                at,
            )
            tip.priority = priority
            session.add(tip)
        return tip

    async def sign_in(self, login: str, password: str, at: datetime = NINE) -> signing_in.SignedIn:
        return await signing_in.sign_in(self, login, password, at)
