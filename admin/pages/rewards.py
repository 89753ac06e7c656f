"""Rewards: proposed by one officer, approved by another, paid by finance."""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from admin.desk import DeskHere, Now, PanelDesk
from admin.door import Here, Visitor, allowed
from admin.pages.tip import Draft, tip_page
from admin.rendering import page
from admin.route import PageUnknown, PanelRoute, status_of
from foundation.clock import CHINA
from foundation.errors import Refusal
from moderation import officers, rewarding
from moderation.officers import May
from moderation.rulings import ReasonMissing
from reports import passphrases
from reports.rewards import track
from reports.rewards.track import RewardState
from reports.tables import Reward, Tip
from reports.vault import Vault

router = APIRouter(route_class=PanelRoute)

Step = Callable[[AsyncSession, Reward, Tip, datetime], Awaitable[None]]
"""One step of the track, within its transaction."""

TABS: tuple[tuple[str, str, frozenset[RewardState]], ...] = (
    ("proposed", "待审批", frozenset({RewardState.proposed})),
    ("to_pay", "待发放", frozenset({RewardState.approved, RewardState.notified, RewardState.claimed})),
    ("paid", "已发放", frozenset({RewardState.paid})),
    ("refused", "未批准与逾期", frozenset({RewardState.refused, RewardState.lapsed})),
)
DONE = {
    "approved": "已批准，通知已排入发送。",
    "refused": "已退回，提请人可以修改后再提。",
    "consented": "已会签，等待主管批准。",
    "claimed": "已登记领取，等待发放。",
    "paid": "已登记发放。",
}
TONES = {
    "proposed": "new",
    "approved": "active",
    "notified": "active",
    "claimed": "active",
    "paid": "good",
    "lapsed": "quiet",
    "refused": "quiet",
}
SHOWN = 200


class AmountUnreadable(Refusal):
    """金额请写成数字，单位为元，最多两位小数，例如 500 或 500.50。"""


class PassphraseWrong(Refusal):
    """口令不对，请与来人手里的口令核对。"""


class RewardUnknown(PageUnknown):
    """没有这笔奖励。"""


def read_yuan(text: str) -> int:
    """Fen from an amount in yuan as typed. Raises AmountUnreadable."""
    # Typed with a Chinese keyboard, figures, point and comma may be of full width: ５００．５０元
    folded = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "").replace("。", ".")
    folded = folded.removeprefix("¥").removesuffix("元")
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", folded, re.ASCII):
        raise AmountUnreadable
    whole, _, part = folded.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0") if part else 0)


@router.get("/rewards", dependencies=[allowed(May.see_rewards)])
async def list_rewards(
    request: Request, desk: DeskHere, visitor: Here, at: Now, tab: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    first = "to_pay" if officers.may(visitor.officer, May.pay_reward) else "proposed"
    chosen = next((t for t in TABS if t[0] == (tab or first)), TABS[0])
    async with desk.reading() as session:
        found = await session.exec(
            select(Reward, Tip)
            .join(Tip, col(Tip.id) == col(Reward.tip_id))
            .where(col(Reward.state).in_([state.value for state in chosen[2]]))
            .order_by(col(Reward.proposed_at).desc())
            .limit(SHOWN)
        )
        rows = found.all()
        counting = await session.exec(select(Reward.state, func.count()).group_by(col(Reward.state)))
        counted = dict(counting.all())
        names = await officers.names(session)
        year = at.astimezone(CHINA).year
        spent = await track.committed_fen(session, year)
    rules = desk.jurisdiction.rewards
    return page(
        request,
        "rewards/list.html",
        officer=visitor.officer,
        csrf=visitor.csrf,
        tabs=[(code, label, sum(counted.get(s.value, 0) for s in states)) for code, label, states in TABS],
        chosen=chosen[0],
        rows=rows,
        names=names,
        labels=_labels(),
        tones=TONES,
        needs_consent=lambda reward: track.needs_consent(reward, rules),
        tiers={tier.code: tier.label for tier in rules.tiers},
        rules=rules,
        spent=spent,
        year=year,
        warn=spent * 100 >= rules.budget_fen * rules.budget_warning_percent,
    )


def _labels() -> dict[str, str]:
    return {state.value: label for state, label in track.LABELS.items()}


@router.get("/rewards/{tip_id}", dependencies=[allowed(May.see_rewards)])
async def show_reward(
    tip_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    return await _reward_page(request, desk, visitor, tip_id, notice=DONE.get(done, ""))


async def _reward_page(
    request: Request,
    desk: PanelDesk,
    visitor: Visitor,
    tip_id: str,
    *,
    notice: str = "",
    form: Draft | None = None,
    status: int = 200,
) -> Response:
    async with desk.reading() as session:
        reward, tip = await _both(session, tip_id)
        names = await officers.names(session)
        has_passphrase = await passphrases.is_made(session, tip.id)
    rules = desk.jurisdiction.rewards
    scheme = desk.catalogue.get(tip.scheme_code or "")
    state = RewardState(reward.state)
    return page(
        request,
        "rewards/page.html",
        officer=visitor.officer,
        csrf=visitor.csrf,
        status=status,
        reward=reward,
        tip=tip,
        names=names,
        notice=notice,
        form=form or Draft(),
        label=track.LABELS[state],
        tone=TONES[reward.state],
        tier=next((tier for tier in rules.tiers if tier.code == reward.tier), None),
        scheme_name=scheme.name if scheme is not None else "",
        rules=rules,
        own=reward.proposed_by == visitor.officer.id,
        has_passphrase=has_passphrase,
        can_approve=state is RewardState.proposed,
        needs_consent=track.needs_consent(reward, rules),
        can_claim=RewardState.claimed in track.MOVES[state],
        can_pay=RewardState.paid in track.MOVES[state],
    )


async def _both(session: AsyncSession, tip_id: str, *, lock: bool = False) -> tuple[Reward, Tip]:
    tip = await session.get(Tip, tip_id)
    reward = await track.reward_of(session, tip_id, lock=lock)
    if tip is None or reward is None:
        raise RewardUnknown
    return reward, tip


@router.post("/tips/{tip_id}/propose-reward", dependencies=[allowed(May.propose_reward)])
async def propose(
    tip_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    tier: Annotated[str, Form(max_length=40)] = "",
    amount: Annotated[str, Form(max_length=20)] = "",
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    try:
        _need_reason(reason)
        fen = read_yuan(amount)
        async with desk.transaction() as session:
            tip = await session.get(Tip, tip_id, with_for_update=True)
            if tip is None:
                raise RewardUnknown
            await track.propose(
                session,
                tip,
                officer_id=visitor.officer.id,
                tier=tier,
                amount_fen=fen,
                reason=reason.strip(),
                rules=desk.jurisdiction.rewards,
                at=at,
            )
    except RewardUnknown:
        raise
    except Refusal as refusal:
        values = {"tier": tier, "amount": amount, "reason": reason}
        draft = Draft(values, str(refusal))
        return await tip_page(request, desk, visitor, at, tip_id, proposal=draft, status=status_of(refusal))
    return RedirectResponse(f"/admin/tips/{tip_id}?done=proposed", status_code=303)


def _need_reason(text: str) -> None:
    if len(text.strip()) < 4:
        raise ReasonMissing


@router.post("/rewards/{tip_id}/approve", dependencies=[allowed(May.approve_reward)])
async def approve(tip_id: str, request: Request, desk: DeskHere, visitor: Here, at: Now) -> Response:
    async def act(session: AsyncSession, reward: Reward, tip: Tip, moment: datetime) -> None:
        rules = desk.jurisdiction.rewards
        await rewarding.approve(session, reward, tip, officer=visitor.officer, rules=rules, at=moment)

    return await _step(request, desk, visitor, tip_id, at, act, "approved", {})


@router.post("/rewards/{tip_id}/consent", dependencies=[allowed(May.consent_reward)])
async def consent(tip_id: str, request: Request, desk: DeskHere, visitor: Here, at: Now) -> Response:
    """Finance agrees to a large amount; only then can it be approved."""

    async def act(session: AsyncSession, reward: Reward, tip: Tip, moment: datetime) -> None:
        rules = desk.jurisdiction.rewards
        await rewarding.consent(session, reward, officer=visitor.officer, rules=rules, at=moment)

    return await _step(request, desk, visitor, tip_id, at, act, "consented", {})


@router.post("/rewards/{tip_id}/claimed", dependencies=[allowed(May.pay_reward)])
async def claimed(
    tip_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    passphrase: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """The reporter came to claim it."""

    async def act(session: AsyncSession, reward: Reward, tip: Tip, moment: datetime) -> None:
        await _check_passphrase(session, desk.vault, tip, passphrase)
        await rewarding.take_claim(session, reward, officer=visitor.officer, at=moment)

    return await _step(request, desk, visitor, tip_id, at, act, "claimed", {})


@router.post("/rewards/{tip_id}/refuse", dependencies=[allowed(May.approve_reward)])
async def refuse(
    tip_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    async def act(session: AsyncSession, reward: Reward, tip: Tip, moment: datetime) -> None:
        _need_reason(reason)
        await track.refuse(session, reward, officer_id=visitor.officer.id, reason=reason.strip(), at=moment)

    return await _step(request, desk, visitor, tip_id, at, act, "refused", {"reason": reason})


@router.post("/rewards/{tip_id}/paid", dependencies=[allowed(May.pay_reward)])
async def paid(
    tip_id: str,
    request: Request,
    desk: DeskHere,
    visitor: Here,
    at: Now,
    reference: Annotated[str, Form(max_length=100)] = "",
    passphrase: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    async def act(session: AsyncSession, reward: Reward, tip: Tip, moment: datetime) -> None:
        if reward.claimed_by is None:  # otherwise it was shown when the claim was taken
            await _check_passphrase(session, desk.vault, tip, passphrase)
        await track.mark_paid(
            session, reward, tip, officer_id=visitor.officer.id, reference=reference, at=moment
        )

    return await _step(request, desk, visitor, tip_id, at, act, "paid", {"reference": reference})


async def _check_passphrase(session: AsyncSession, vault: Vault, tip: Tip, passphrase: str) -> None:
    """Whoever left no name shows that they are the reporter."""
    if await passphrases.is_made(session, tip.id) and not await passphrases.is_right(
        session, vault, tip.id, passphrase
    ):
        raise PassphraseWrong


async def _step(
    request: Request,
    desk: PanelDesk,
    visitor: Visitor,
    tip_id: str,
    at: datetime,
    act: Step,
    done: str,
    values: dict[str, str],
) -> Response:
    try:
        async with desk.transaction() as session:
            reward, tip = await _both(session, tip_id, lock=True)
            await act(session, reward, tip, at)
    except RewardUnknown:
        raise
    except Refusal as refusal:
        form = Draft(values, str(refusal))
        return await _reward_page(request, desk, visitor, tip_id, form=form, status=status_of(refusal))
    return RedirectResponse(f"/admin/rewards/{tip_id}?done={done}", status_code=303)
