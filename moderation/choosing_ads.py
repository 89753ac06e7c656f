"""An officer says which of the ads on a picture are the evidence, whatever screening made of them."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.errors import Refusal
from foundation.job_queue import enqueue
from moderation import queue
from moderation.officers import May, require
from moderation.queue import NotOpen
from moderation.sayings import ads_shown
from moderation.screening import SCREEN
from moderation.tables import Officer
from reports import custody, evidence
from reports.evidence import EvidenceUnknown
from reports.states import OPEN, TipState


class NoAdChosen(Refusal):
    """请至少勾选一则广告。"""


async def choose_ads(
    session: AsyncSession,
    tip_id: str,
    evidence_id: str,
    places: Collection[int],
    *,
    officer: Officer,
    at: datetime,
) -> None:
    """Writes down which ads of the picture count, from 0 in reading order, and has the tip matched anew. The others on
    that picture count no longer. Raises NotAllowed, TipUnknown, HeldByAnother, NotOpen, EvidenceUnknown, NoAdChosen.
    """
    require(officer, May.judge)
    tip = await queue.lock_tip(session, tip_id)
    await queue.refuse_if_held(session, tip_id, officer=officer, at=at)
    if TipState(tip.state) not in OPEN:
        raise NotOpen
    row = await evidence.find(session, evidence_id, lock=True)
    if row.tip_id != tip_id or evidence.is_withheld(row, at):
        raise EvidenceUnknown
    ads = ads_shown(row)
    chosen = sorted({*places} & {*range(len(ads))})
    if len(ads) < 2 or not chosen:
        raise NoAdChosen
    await evidence.choose_ads(
        session,
        row,
        chosen,
        beside=[place for place in range(len(ads)) if place not in chosen],
        actor=custody.actor_of_officer(officer.id),
        at=at,
    )
    await enqueue(session, SCREEN, tip_id, once=f"{row.id}:ads:{at.isoformat()}")
