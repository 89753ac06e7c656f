"""Files of drafts that nobody came back to: after a month of silence their keys are taken away."""

from datetime import datetime, timedelta

from sqlalchemy import exists
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.tables import Contact, Conversation
from bot.talking import FORGET_EVIDENCE
from foundation.clock import now
from foundation.job_queue import JobRun, enqueue
from reports.evidence import FORGOTTEN
from reports.tables import Evidence

SWEEP = "bot.sweep_drafts"
"""The job of each day, named by its date."""

DRAFT_KEPT = timedelta(days=30)
"""How long a file waits for its draft; our own proposal, no source gives a number."""
AT_ONCE = 2000


async def sweep(run: JobRun, day: str) -> None:
    """Puts the forgetting of each such file into the queue."""
    async with run.finishing() as session:
        for evidence_id in await abandoned(session, before=now() - DRAFT_KEPT):
            await enqueue(session, FORGET_EVIDENCE, evidence_id)


async def abandoned(session: AsyncSession, *, before: datetime) -> list[str]:
    """The files, older than `before`, of whoever has said nothing since then either: who types slowly loses nothing."""
    wrote_since = (
        exists()
        .where(col(Contact.id) == col(Conversation.contact_id))
        .where(col(Contact.reporter_id) == col(Evidence.reporter_id), col(Conversation.updated_at) >= before)
    )
    rows = await session.exec(
        select(Evidence.id)
        .where(
            col(Evidence.tip_id).is_(None),
            col(Evidence.refusal) != FORGOTTEN,
            col(Evidence.received_at) < before,
            ~wrote_since,
        )
        .order_by(col(Evidence.received_at))
        .limit(AT_ONCE)
    )
    return list(rows.all())
