"""Who looked at what: the chain says when an officer saw a tip's files or opened one as it came."""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from moderation.tables import Officer
from reports import custody
from reports.tables import AuditEntry

SEEN = "tip.seen"
"""An officer saw a tip's files on its page."""
HELP_SEEN = "help.seen"
"""An officer saw the files that a citizen sent in a talk."""
OPENED = "evidence.opened"
"""An officer played or saved a file as it came."""

ONE_LOOK = timedelta(minutes=20)
"""Within it the same officer's next look at the same thing is the same look: a player asks for a film in many pieces."""


async def is_on_record(
    session: AsyncSession, act: str, subject: str, *, officer: Officer, at: datetime
) -> bool:
    """Whether this officer's look is on record already."""
    found = await session.exec(
        select(AuditEntry.seq)
        .where(
            col(AuditEntry.subject) == subject,
            col(AuditEntry.act) == act,
            col(AuditEntry.actor) == custody.actor_of_officer(officer.id),
            col(AuditEntry.at) > at - ONE_LOOK,
        )
        .limit(1)
    )
    return found.first() is not None


async def record(
    session: AsyncSession, act: str, subject: str, *, officer: Officer, at: datetime, sha256: str = ""
) -> None:
    """Puts the look on record; two at the same moment may both stand there."""
    await custody.record(
        session,
        actor=custody.actor_of_officer(officer.id),
        act=act,
        subject=subject,
        at=at,
        detail={"sha256": sha256} if sha256 else None,
    )
