"""Pictures somebody asked about: the question waits until the last of them is read, then the answer is sent."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.contacts import Known
from bot.tables import PendingJudgement
from foundation.ids import new_id
from foundation.job_queue import enqueue
from reports.evidence import EvidenceState
from reports.tables import Evidence

ANSWER = "bot.answer_picture_question"
"""The job that answers one question once its pictures are read."""

_STILL_COMING = (EvidenceState.awaited.value, EvidenceState.kept.value)


async def ask_about_pictures(
    session: AsyncSession, known: Known, evidence_ids: Iterable[str], at: datetime
) -> None:
    """Notes the question; where everything is read already, the answer is put on its way at once."""
    wanted = list(dict.fromkeys(evidence_ids))
    if not wanted:
        return
    # Held still until the question is committed: whoever reads one of them now would find nobody who asked.
    await session.exec(
        select(Evidence.id).where(col(Evidence.id).in_(wanted)).order_by(col(Evidence.id)).with_for_update()
    )
    question = PendingJudgement(
        id=new_id("ask"),
        contact_id=known.contact_id,
        reporter_id=known.reporter_id,
        evidence_ids=wanted,
        asked_at=at,
    )
    session.add(question)
    await session.flush()
    if await is_ready(session, question):
        await enqueue(session, ANSWER, question.id)


async def is_ready(session: AsyncSession, question: PendingJudgement) -> bool:
    """Whether none of its files is still to be fetched or read."""
    waiting = await session.exec(
        select(Evidence.id).where(
            col(Evidence.id).in_(question.evidence_ids),
            col(Evidence.kind) == "picture",
            col(Evidence.state).in_(_STILL_COMING),
        )
    )
    return waiting.first() is None


async def waiting_for(session: AsyncSession, row: Evidence) -> list[PendingJudgement]:
    """The open questions that this file belongs to."""
    open_ones = await session.exec(
        select(PendingJudgement).where(
            col(PendingJudgement.reporter_id) == row.reporter_id, col(PendingJudgement.answered_at).is_(None)
        )
    )
    return [question for question in open_ones.all() if row.id in question.evidence_ids]
