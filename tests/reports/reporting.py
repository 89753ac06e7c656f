"""Reporters, files and tips to begin a test with, made by the room's own acts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.blobs import Blobs
from foundation.database import Database
from foundation.ids import new_id
from reports import evidence, intake, sealing
from reports.evidence import EvidenceKind
from reports.intake import Submission
from reports.states import TipState, move
from reports.tables import Evidence, Tip
from reports.vault import Vault

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Monday, nine in the morning in China."""

JPEG = b"\xff\xd8\xff\xe0 the bytes of a photo as they came \xff\xd9"
"""This room looks into no file: any bytes are a photo to it."""


@dataclass
class Office:
    """The room over one database and one blob store."""

    database: Database
    vault: Vault
    blobs: Blobs

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Commits at the end of the block."""
        async with self.database.writing() as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """For looking things up."""
        async with self.database.reading() as session:
            yield session

    async def reporter(self) -> str:
        """Somebody new; their id."""
        async with self.transaction() as session:
            row, _ = self.vault.new_reporter(NINE)
            session.add(row)
        return row.id

    async def photo(self, reporter_id: str, data: bytes = JPEG, at: datetime = NINE) -> str:
        """A kept photo of theirs; its id."""
        row = evidence.expect(
            reporter_id=reporter_id,
            kind=EvidenceKind.picture,
            channel="telegram",
            message_id=new_id("msg"),
            remote_ref="file",
            at=at,
        )
        sealed = await sealing.seal_into(self.blobs, self.vault.masters, row.id, data)
        async with self.transaction() as session:
            await evidence.keep(
                session, row, sealed=sealed, media_type="image/jpeg", size=len(data), width=3, height=4, at=at
            )
        return row.id

    async def tip(
        self,
        reporter_id: str = "",
        words: str = "群里有人说能修复征信",
        photos: tuple[str, ...] = (),
        state: TipState = TipState.submitted,
    ) -> Tip:
        """A tip submitted on Monday at nine, then moved to `state` where that is another."""
        async with self.transaction() as session:
            tip = await intake.submit(
                session, submission(reporter_id or await self._known(session), words, photos), NINE
            )
            if state is not TipState.submitted:
                await move(session, tip, state, actor="officer:off_1", reason="试验", at=NINE)
        return tip

    async def _known(self, session: AsyncSession) -> str:
        row, _ = self.vault.new_reporter(NINE)
        session.add(row)
        await session.flush()
        return row.id

    async def file(self, evidence_id: str) -> Evidence:
        """A file's row as it stands."""
        async with self.reading() as session:
            return await evidence.find(session, evidence_id)


def submission(reporter_id: str, words: str = "", photos: tuple[str, ...] = (), key: str = "") -> Submission:
    """A draft that was read back and confirmed."""
    return Submission(
        reporter_id=reporter_id,
        channel="telegram",
        kind="photo" if photos else "words",
        submission_key=key or new_id("key"),
        words=words,
        evidence_ids=photos,
        jurisdiction="demo-county",
    )
