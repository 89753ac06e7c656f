"""Notices: what a reporter is owed a word about. Whoever delivers them registers the job."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.ids import new_id
from foundation.job_queue import enqueue
from reports.tables import Notice, Tip

DUE = "reports.notice"
"""The job that delivers one notice; `bot` answers to it."""


class NoticeKind(StrEnum):
    """What the notice is about; the wording lives with the bot."""

    need_more = "need_more"
    accepted = "accepted"
    routed = "routed"
    recognised = "recognised"
    not_recognised = "not_recognised"
    merged = "merged"
    """Or, for a tip that was merged: what came of the one it was merged into has the kind of that result."""
    screened_out = "screened_out"
    verifying = "verifying"
    """Only with an officer's words: that somebody looks into it is no news by itself."""
    closed = "closed"
    """Only with an officer's words: the result was told before."""
    reward_approved = "reward_approved"
    reward_reminder = "reward_reminder"
    """The claim window ends soon."""
    reward_lapsed = "reward_lapsed"
    reward_paid = "reward_paid"
    officer_answer = "officer_answer"
    files_taken = "files_taken"
    """An officer took files that were sent in a talk into a tip; the detail says whether it was `opened` for them."""


RESULTS: Final = frozenset(
    {NoticeKind.recognised, NoticeKind.not_recognised, NoticeKind.merged, NoticeKind.screened_out}
)
"""The kinds that say what came of a tip."""


async def owe(
    session: AsyncSession,
    kind: NoticeKind,
    *,
    reporter_id: str,
    at: datetime,
    tip: Tip | None = None,
    detail: dict[str, Any] | None = None,
) -> Notice:
    """Writes the notice and, in the same transaction, the job that delivers it."""
    notice = Notice(
        id=new_id("ntc"),
        tip_id=tip.id if tip is not None else None,
        reporter_id=reporter_id,
        kind=kind.value,
        # As it stands now: a later step may be quicker than the delivery, and has a notice of its own.
        detail={
            "receipt": tip.receipt if tip is not None else "",
            "state": tip.state if tip is not None else "",
            "asked": tip.asked if tip is not None else "",
            **(detail or {}),
        },
        created_at=at,
    )
    session.add(notice)
    await session.flush()
    await enqueue(session, DUE, notice.id)
    return notice
