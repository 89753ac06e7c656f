"""The pace of one visitor: a burst at once, then a steady trickle, and never more memory than allowed."""

from hypothesis import given
from hypothesis import strategies as st

from bot.webchat.pace import Pace


def test_a_burst_is_let_through_and_then_one_a_second() -> None:
    pace = Pace(burst=3, per_second=1)
    assert [pace.allows("a", 100.0) for _ in range(4)] == [True, True, True, False]
    assert not pace.allows("a", 100.9)
    assert pace.allows("a", 101.1)
    assert not pace.allows("a", 101.2)


def test_one_does_not_use_up_anothers() -> None:
    pace = Pace(burst=1, per_second=1)
    assert pace.allows("a", 0.0)
    assert pace.allows("b", 0.0)
    assert not pace.allows("a", 0.1)


def test_rest_saves_up_to_the_burst_and_no_further() -> None:
    pace = Pace(burst=2, per_second=1)
    assert pace.allows("a", 0.0)
    assert [pace.allows("a", 1000.0) for _ in range(3)] == [True, True, False]


def test_the_least_recently_seen_are_forgotten() -> None:
    pace = Pace(burst=1, per_second=0.001, names_at_most=3)
    for name in "abcd":
        assert pace.allows(name, 0.0)
    assert not pace.allows("d", 0.1)
    assert pace.allows("a", 0.1)
    assert len(pace._buckets) == 3


@given(st.lists(st.floats(0, 100), max_size=60))
def test_whatever_the_moments_no_more_gets_through_than_burst_and_rate_allow(moments: list[float]) -> None:
    pace = Pace(burst=5, per_second=2)
    moments.sort()
    through = sum(pace.allows("a", moment) for moment in moments)
    assert through <= 5 + 2 * (moments[-1] - moments[0]) + 1e-6 if moments else through == 0
