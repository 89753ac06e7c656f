"""Triage orders the queue: money that moves first, and never a verdict."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.matching import MatchResult, Sense, Verdict
from moderation.triage import answer_due, place_in_queue, priority_of
from reports.states import TipState
from reports.tables import Tip
from tests.desks import demo_county, embedded_packs, whole_matcher

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def _tip(**fields: object) -> Tip:
    return Tip(
        id="tip_1", receipt="QS-2222-2222-2", reporter_id="rep_1", submission_key="key", channel="webchat",
        kind="words", state=TipState.submitted.value, jurisdiction="demo-county", submitted_at=NINE,
        updated_at=NINE, **fields,
    )  # fmt: skip


def _says(verdict: Verdict = Verdict.NONE, sense: Sense = Sense.OTHER) -> MatchResult:
    return MatchResult(verdict=verdict, score=0.0, schemes=(), sense=sense, indicators=(), disguise=0.0)


def _priority(tip: Tip, result: MatchResult, linked: int = 0, readable: bool = False) -> int:
    return priority_of(tip, result.verdict, result.sense, linked_tips=linked, has_readable_evidence=readable)


def test_each_circumstance_brings_a_tip_forward() -> None:
    bare = _priority(_tip(), _says())
    assert bare == 0
    for tip, result, linked, readable in (
        (_tip(paid="yes"), _says(), 0, False),
        (_tip(), _says(Verdict.LIKELY), 0, False),
        (_tip(), _says(Verdict.POSSIBLE), 0, False),
        (_tip(), _says(sense=Sense.VICTIM), 0, False),
        (_tip(), _says(), 1, False),
        (_tip(), _says(), 0, True),
        (_tip(place_text="东街"), _says(), 0, False),
        (_tip(latitude=0.0, longitude=0.0), _says(), 0, False),
    ):
        assert _priority(tip, result, linked, readable) > bare


def test_money_that_was_paid_weighs_more_than_any_other_single_circumstance() -> None:
    paid = _priority(_tip(paid="yes"), _says())
    assert paid > _priority(_tip(), _says(Verdict.LIKELY))
    assert paid > _priority(_tip(), _says(), linked=1000)
    assert _priority(_tip(paid="unknown"), _says()) == _priority(_tip(paid="no"), _says()) == 0


def test_likely_comes_before_possible_and_many_linked_tips_count_up_to_a_limit() -> None:
    assert _priority(_tip(), _says(Verdict.LIKELY)) > _priority(_tip(), _says(Verdict.POSSIBLE))
    assert _priority(_tip(), _says(), 1) < _priority(_tip(), _says(), 2) <= _priority(_tip(), _says(), 3)
    assert _priority(_tip(), _says(), 3) == _priority(_tip(), _says(), 30)


def test_all_of_it_together_is_at_most_a_hundred() -> None:
    worst = _tip(paid="yes", place_text="东街", latitude=1.0)
    assert _priority(worst, _says(Verdict.LIKELY, Sense.VICTIM), 99, True) <= 100


def _place(tip: Tip, text: str = "") -> Tip:
    result = whole_matcher().match(text)
    if result.schemes and tip.scheme_code is None:
        tip.scheme_code = result.schemes[0].code
    place_in_queue(
        tip, result, linked_tips=0, has_readable_evidence=False,
        catalogue=embedded_packs().catalogue, jurisdiction=demo_county(),
    )  # fmt: skip
    return tip


def test_the_department_is_the_schemes_and_exists_in_the_county() -> None:
    keys = {department.key.value for department in demo_county().departments}
    for code, scheme in embedded_packs().catalogue.items():
        tip = _place(_tip(scheme_code=code))
        assert tip.department == scheme.route.lead[0].value
        assert tip.department in keys


def test_an_officers_department_stays() -> None:
    tip = _place(_tip(scheme_code="loan_broker", department="MPS-E"))
    assert tip.department == "MPS-E"


@pytest.mark.parametrize("code", [None, "gone_from_the_pack"])
def test_without_a_known_scheme_there_is_no_department(code: str | None) -> None:
    assert _place(_tip(scheme_code=code)).department is None


def test_the_day_to_answer_by_is_set_once() -> None:
    tip = _place(_tip())
    assert tip.due_at == answer_due(NINE, demo_county())
    later = NINE + timedelta(days=30)
    tip.due_at = later
    assert _place(tip).due_at == later
