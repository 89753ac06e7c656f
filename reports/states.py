"""The life of a tip: the only place that knows which state may follow which, and the only one that moves a tip."""

from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.errors import Refusal
from reports import custody
from reports.tables import Tip


class TipState(StrEnum):
    """Where a tip (线索) stands. A draft is no tip yet: it lives in the conversation."""

    submitted = "submitted"
    """The citizen holds a receipt; nobody has looked at it yet."""
    need_more = "need_more"
    """An officer asked the reporter for something."""
    accepted = "accepted"
    """Taken up by the screening desk."""
    routed = "routed"
    """Handed to the department in charge."""
    verifying = "verifying"
    """The department is looking into it."""
    recognised = "recognised"
    """The responsible department recognised it (属实)."""
    not_recognised = "not_recognised"
    """Looked into and not recognised (不属实)."""
    merged = "merged"
    """The same facts as an earlier tip, which it joins (重复)."""
    screened_out = "screened_out"
    """Not a matter for this desk (不予受理)."""
    closed = "closed"
    """Done with; nothing more is owed to anybody."""


S = TipState

MOVES: dict[TipState, frozenset[TipState]] = {
    S.submitted: frozenset(
        {S.need_more, S.accepted, S.routed, S.recognised, S.not_recognised, S.merged, S.screened_out}
    ),
    S.need_more: frozenset(
        {S.submitted, S.accepted, S.routed, S.recognised, S.not_recognised, S.merged, S.screened_out}
    ),
    S.accepted: frozenset(
        {S.need_more, S.routed, S.verifying, S.recognised, S.not_recognised, S.merged, S.screened_out}
    ),
    S.routed: frozenset({S.need_more, S.verifying, S.recognised, S.not_recognised, S.merged, S.screened_out}),
    S.verifying: frozenset({S.need_more, S.routed, S.recognised, S.not_recognised, S.merged}),
    S.recognised: frozenset({S.closed}),
    S.not_recognised: frozenset({S.closed, S.accepted}),
    S.merged: frozenset({S.closed, S.accepted}),
    S.screened_out: frozenset({S.closed, S.accepted}),
    S.closed: frozenset(),
}
"""A refused, merged or unrecognised tip can be taken up again (appeal, new facts); a recognised one only closes."""

OPEN = frozenset({S.submitted, S.need_more, S.accepted, S.routed, S.verifying})
"""States in which an officer still owes something."""

LABELS: dict[TipState, str] = {
    S.submitted: "已收到，等待查看",
    S.need_more: "需要您补充",
    S.accepted: "已受理",
    S.routed: "已转主管部门",
    S.verifying: "主管部门核实中",
    S.recognised: "已核实属实",
    S.not_recognised: "经核实未予认定",
    S.merged: "与已有线索合并处理",
    S.screened_out: "不属于受理范围",
    S.closed: "已办结",
}


class MoveNotAllowed(Refusal):
    """线索现在是“{old}”，不能改为“{new}”。"""


def may_move(old: TipState, new: TipState) -> bool:
    """Whether a tip in `old` may go to `new`."""
    return new in MOVES[old]


async def move(
    session: AsyncSession, tip: Tip, to: TipState, *, actor: str, reason: str, at: datetime
) -> None:
    """Moves the tip and writes it into the audit chain. Raises MoveNotAllowed."""
    old = TipState(tip.state)
    if not may_move(old, to):
        raise MoveNotAllowed(old=LABELS[old], new=LABELS[to])
    tip.state = to.value
    tip.updated_at = at
    session.add(tip)
    await custody.record(
        session,
        actor=actor,
        act="tip.moved",
        subject=tip.id,
        at=at,
        detail={"from": old, "to": to, "reason": reason},
    )
