"""Joining a tip to the others of the same people (串并), and saying so on those others too.

It is a job of its own after screening: two tips that are screened at once do not see each other, but whichever is
committed later is joined after both are there. And a tip that lay in the queue alone moves up when a second one comes.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.clock import now
from foundation.job_queue import JobRun, enqueue
from knowledge.matching import Sense, Verdict
from moderation import same_ads
from moderation.triage import priority_of
from reports import clusters, evidence
from reports.evidence import EvidenceState
from reports.links import note as note_links
from reports.states import OPEN, TipState
from reports.tables import Evidence, Tip, TipMatch

JOIN = "moderation.join"
"""The job that looks for the other tips of the same people."""


async def want(session: AsyncSession, tip_id: str, no_longer_linked: Collection[str], *, once: str) -> None:
    """Has the tip joined to others once this transaction is committed, and those that lost it counted anew."""
    for one in (tip_id, *sorted(no_longer_linked)):
        await enqueue(session, JOIN, one, once=once)


async def join_tip(run: JobRun, tip_id: str) -> None:
    """Does so for one tip."""
    async with run.finishing() as session:
        await join(session, [tip_id], now())


async def join(session: AsyncSession, tip_ids: Sequence[str], at: datetime) -> None:
    """Links tips to all that show or say the same by now, and places them, and those that they are linked with, in the
    queue by what is known now."""
    found = {
        tip_id: await same_ads.find(session, tip_id, await files_that_count(session, tip_id, at))
        for tip_id in tip_ids
    }
    touched = set(tip_ids).union(*({link.other_id for link in links} for links in found.values()))
    for tip_id in tip_ids:
        touched.update(await clusters.linked_with(session, tip_id))
    open_tips = await _locked(session, sorted(touched))
    for tip_id, links in found.items():
        await note_links(session, tip_id, links, at)
    for tip in open_tips:
        await _rank(session, tip)


async def files_that_count(session: AsyncSession, tip_id: str, at: datetime) -> list[Evidence]:
    """The tip's files but those whose reporter has not said yet whether to send them."""
    return [row for row in await evidence.of_tip(session, tip_id) if not evidence.is_withheld(row, at)]


async def _locked(session: AsyncSession, tip_ids: Sequence[str]) -> Sequence[Tip]:
    """In one order everywhere: two runs that touch the same tips wait for each other and never in a circle."""
    rows = await session.exec(
        select(Tip)
        .where(col(Tip.id).in_(tip_ids), col(Tip.state).in_(sorted(state.value for state in OPEN)))
        .order_by(col(Tip.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return rows.all()


async def _rank(session: AsyncSession, tip: Tip) -> None:
    match = (
        await session.exec(
            select(TipMatch)
            .where(col(TipMatch.tip_id) == tip.id)
            .order_by(col(TipMatch.matched_at).desc(), col(TipMatch.id).desc())
            .limit(1)
        )
    ).first()
    if match is None or TipState(tip.state) not in OPEN:
        return
    read = await session.exec(
        select(Evidence.id)
        .where(col(Evidence.tip_id) == tip.id, col(Evidence.state) == EvidenceState.read.value)
        .limit(1)
    )
    tip.priority = priority_of(
        tip,
        Verdict(match.verdict),
        Sense(match.sense),
        linked_tips=len(await clusters.linked_with(session, tip.id)),
        has_readable_evidence=read.first() is not None,
    )
    session.add(tip)
