"""The life of a tip: every move there is, and every one there is not."""

import json
from itertools import product

import pytest

from reports import custody
from reports.states import LABELS, MOVES, OPEN, MoveNotAllowed, TipState, may_move, move
from reports.tables import Tip
from tests.reports.reporting import NINE, Office

S = TipState

ALLOWED = {
    S.submitted: "need_more accepted routed recognised not_recognised merged screened_out",
    S.need_more: "submitted accepted routed recognised not_recognised merged screened_out",
    S.accepted: "need_more routed verifying recognised not_recognised merged screened_out",
    S.routed: "need_more verifying recognised not_recognised merged screened_out",
    S.verifying: "need_more routed recognised not_recognised merged",
    S.recognised: "closed",
    S.not_recognised: "closed accepted",
    S.merged: "closed accepted",
    S.screened_out: "closed accepted",
    S.closed: "",
}
"""Written down a second time, by hand: a change of the rules must be meant."""


@pytest.mark.parametrize(("old", "new"), list(product(TipState, TipState)))
def test_a_move_is_allowed_exactly_where_the_rules_say_so(old: TipState, new: TipState) -> None:
    assert may_move(old, new) is (new.value in ALLOWED[old].split())


def test_every_state_has_its_moves_and_a_name_for_the_citizen() -> None:
    assert set(MOVES) == set(LABELS) == set(TipState)
    assert all(label.strip() for label in LABELS.values())
    assert len(set(LABELS.values())) == len(LABELS)


def test_every_state_but_the_first_can_be_reached_and_every_one_but_the_last_left() -> None:
    assert set().union(*MOVES.values()) == set(TipState)
    assert [state for state, to in MOVES.items() if not to] == [S.closed]


def test_an_open_tip_can_always_be_judged() -> None:
    for state in OPEN:
        assert {S.recognised, S.not_recognised, S.merged} <= MOVES[state]


async def test_a_forbidden_move_changes_nothing_and_leaves_no_entry(office: Office) -> None:
    tip = await office.tip()
    async with office.transaction() as session:
        tip = await session.get_one(Tip, tip.id)
        with pytest.raises(MoveNotAllowed, match=r"已收到，等待查看.*主管部门核实中"):
            await move(session, tip, S.verifying, actor="officer:off_1", reason="", at=NINE)
    async with office.reading() as session:
        assert (await session.get_one(Tip, tip.id)).state == S.submitted
        assert [entry.act for entry in await custody.trail_of(session, [tip.id])] == ["tip.submitted"]


async def test_a_move_is_written_into_the_chain_with_its_reason(office: Office) -> None:
    tip = await office.tip()
    async with office.transaction() as session:
        tip = await session.get_one(Tip, tip.id)
        await move(session, tip, S.accepted, actor="officer:off_1", reason="线索清楚", at=NINE)
    async with office.reading() as session:
        assert (await session.get_one(Tip, tip.id)).state == S.accepted
        entry = (await custody.trail_of(session, [tip.id]))[-1]
    assert (entry.act, entry.actor) == ("tip.moved", "officer:off_1")
    assert json.loads(entry.detail) == {"from": "submitted", "to": "accepted", "reason": "线索清楚"}
