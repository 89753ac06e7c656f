"""The queue: order, claims, and who holds what."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from moderation import queue
from moderation.officers import NotAllowed, Role
from moderation.queue import CLAIM_LASTS, Filter, HeldByAnother, Holder, NothingToClaim, NotOpen, NotYourClaim
from moderation.tables import Claim, Officer
from reports import custody
from reports.states import TipState, move
from tests.moderation.judging import NINE, JudgingDesk


async def _listed(desk: JudgingDesk, wanted: Filter, officer_id: str = "", page: int = 1) -> list[str]:
    async with desk.database.reading() as session:
        found = await queue.list_tips(
            session, wanted, officer_id=officer_id, at=NINE + timedelta(hours=1), page=page
        )
    return [row.tip.id for row in found.rows]


async def test_most_pressing_first_then_the_oldest(judging_desk: JudgingDesk) -> None:
    calm = await judging_desk.tip(priority=5)
    young = await judging_desk.tip(priority=60, at=NINE + timedelta(minutes=5))
    old = await judging_desk.tip(priority=60)
    assert await _listed(judging_desk, Filter()) == [old.id, young.id, calm.id]


async def test_filters_narrow_the_list(judging_desk: JudgingDesk) -> None:
    here = await judging_desk.tip(place="东坪镇老街", priority=50)
    there = await judging_desk.tip("高息揽储 100%", place="西河乡")
    done = await judging_desk.tip()
    async with judging_desk.transaction() as session:
        done = await queue.lock_tip(session, done.id)
        await move(session, done, TipState.screened_out, actor="system", reason="测试", at=NINE)
        changed = await queue.lock_tip(session, here.id)
        changed.scheme_code, changed.verdict = "credit_repair", "likely"
    assert await _listed(judging_desk, Filter(place="东坪")) == [here.id]
    assert await _listed(judging_desk, Filter(scheme="credit_repair")) == [here.id]
    assert await _listed(judging_desk, Filter(verdict="likely")) == [here.id]
    assert await _listed(judging_desk, Filter(least_priority=50)) == [here.id]
    assert await _listed(judging_desk, Filter(words="揽储")) == [there.id]
    assert await _listed(judging_desk, Filter(words="%")) == [there.id]
    assert await _listed(judging_desk, Filter(words=there.receipt.lower().replace("-", " "))) == [there.id]
    assert await _listed(judging_desk, Filter(states=frozenset({TipState.screened_out}))) == [done.id]
    assert await _listed(judging_desk, Filter(older_than=timedelta(hours=2))) == []


async def test_list_is_paged_and_a_page_too_far_is_the_last(judging_desk: JudgingDesk) -> None:
    for _ in range(queue.PAGE + 1):
        await judging_desk.tip()
    first, second = await _listed(judging_desk, Filter()), await _listed(judging_desk, Filter(), page=2)
    assert (len(first), len(second)) == (queue.PAGE, 1)
    assert not set(first) & set(second)
    assert await _listed(judging_desk, Filter(), page=9) == second


async def test_claim_shuts_others_out_until_it_expires(judging_desk: JudgingDesk) -> None:
    tip = await judging_desk.tip()
    one, other = await judging_desk.officer("one", name="甲"), await judging_desk.officer("other")
    async with judging_desk.transaction() as session:
        await queue.claim(session, tip.id, officer=one, at=NINE)
    async with judging_desk.transaction() as session:
        with pytest.raises(HeldByAnother, match="甲"):
            await queue.claim(session, tip.id, officer=other, at=NINE + CLAIM_LASTS - timedelta(seconds=1))
    async with judging_desk.transaction() as session:
        taken = await queue.claim(session, tip.id, officer=other, at=NINE + CLAIM_LASTS)
    assert taken.officer_id == other.id


async def test_claiming_again_starts_the_hour_anew(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    for at in (NINE, NINE + timedelta(minutes=30)):
        async with judging_desk.transaction() as session:
            taken = await queue.claim(session, tip.id, officer=one, at=at)
    assert taken.expires_at == NINE + timedelta(minutes=90)


async def test_claim_next_gives_each_officer_another_tip(judging_desk: JudgingDesk) -> None:
    pressing, calm = await judging_desk.tip(priority=90), await judging_desk.tip(priority=1)
    taken = []
    for login in ("one", "other"):
        officer = await judging_desk.officer(login)
        async with judging_desk.transaction() as session:
            taken.append((await queue.claim_next(session, officer=officer, at=NINE)).id)
    assert taken == [pressing.id, calm.id]
    third = await judging_desk.officer("third")
    async with judging_desk.transaction() as session:
        with pytest.raises(NothingToClaim):
            await queue.claim_next(session, officer=third, at=NINE)


async def test_officers_who_ask_at_once_get_a_tip_each(judging_desk: JudgingDesk) -> None:
    tips = [await judging_desk.tip() for _ in range(6)]
    staff = [await judging_desk.officer(f"officer-{n}") for n in range(6)]

    async def ask(officer: Officer) -> str:
        async with judging_desk.transaction() as session:
            return (await queue.claim_next(session, officer=officer, at=NINE)).id

    taken = await asyncio.gather(*(ask(officer) for officer in staff))
    assert sorted(taken) == sorted(tip.id for tip in tips)


async def test_claim_next_leaves_alone_what_waits_for_somebody_else(judging_desk: JudgingDesk) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    async with judging_desk.transaction() as session:
        await move(
            session,
            await queue.lock_tip(session, tip.id),
            TipState.routed,
            actor="system",
            reason="测试",
            at=NINE,
        )
    async with judging_desk.transaction() as session:
        with pytest.raises(NothingToClaim):
            await queue.claim_next(session, officer=one, at=NINE)


async def test_only_the_holder_or_a_supervisor_releases(judging_desk: JudgingDesk) -> None:
    tip = await judging_desk.tip()
    one, other = await judging_desk.officer("one"), await judging_desk.officer("other")
    head = await judging_desk.officer("head", Role.supervisor)
    async with judging_desk.transaction() as session:
        await queue.claim(session, tip.id, officer=one, at=NINE)
    async with judging_desk.transaction() as session:
        with pytest.raises(NotYourClaim):
            await queue.release(session, tip.id, officer=other, at=NINE)
    async with judging_desk.transaction() as session:
        await queue.release(session, tip.id, officer=head, at=NINE)
    async with judging_desk.database.reading() as session:
        assert (await session.exec(select(Claim))).all() == []
        acts = [entry.act for entry in await custody.trail_of(session, [tip.id])]
    assert acts == ["tip.submitted", "tip.claimed", "tip.released"]


async def test_what_is_decided_cannot_be_claimed_and_finance_claims_nothing(
    judging_desk: JudgingDesk,
) -> None:
    tip, one = await judging_desk.tip(), await judging_desk.officer("one")
    finance = await judging_desk.officer("money", Role.finance)
    async with judging_desk.transaction() as session:
        with pytest.raises(NotAllowed):
            await queue.claim(session, tip.id, officer=finance, at=NINE)
        await move(
            session,
            await queue.lock_tip(session, tip.id),
            TipState.recognised,
            actor="system",
            reason="测试",
            at=NINE,
        )
    async with judging_desk.transaction() as session:
        with pytest.raises(NotOpen):
            await queue.claim(session, tip.id, officer=one, at=NINE)


async def test_holder_filter_tells_mine_from_others_and_from_nobodys(judging_desk: JudgingDesk) -> None:
    mine, theirs, free = [await judging_desk.tip() for _ in range(3)]
    one, other = await judging_desk.officer("one"), await judging_desk.officer("other")
    at = NINE + timedelta(minutes=30)
    async with judging_desk.transaction() as session:
        await queue.claim(session, mine.id, officer=one, at=at)
        await queue.claim(session, theirs.id, officer=other, at=at)
    assert await _listed(judging_desk, Filter(holder=Holder.me), one.id) == [mine.id]
    assert await _listed(judging_desk, Filter(holder=Holder.others), one.id) == [theirs.id]
    assert await _listed(judging_desk, Filter(holder=Holder.nobody), one.id) == [free.id]
