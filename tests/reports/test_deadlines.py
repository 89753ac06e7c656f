"""Deadlines: the last second of the last day, China time."""

from datetime import UTC, date, datetime

import pytest

from foundation.clock import CHINA
from reports.deadlines import add_working_days, due, end_of_span
from reports.jurisdictions.calendar import DaysOff, WorkingCalendar
from reports.jurisdictions.deadlines import Counting
from reports.jurisdictions.jurisdiction import read_jurisdiction


def china(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def end_of(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 23, 59, 59, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (china(3, 2, 9), 1, end_of(3, 3)),  # Monday: Tuesday
        (china(3, 2, 9), 5, end_of(3, 9)),  # the next Monday, over a weekend
        (china(3, 6, 23, 59), 1, end_of(3, 9)),  # Friday night: Monday
        (china(3, 7), 1, end_of(3, 9)),  # Saturday: Monday
        (china(3, 8, 12), 1, end_of(3, 9)),  # Sunday: Monday
        (china(3, 2, 9), 0, end_of(3, 2)),
        (china(12, 31, 9), 1, end_of(1, 1, 2027)),  # New Year's Day, if nobody says that it is free
    ],
)
def test_working_days_end_with_the_last_of_them(start: datetime, days: int, end: datetime) -> None:
    assert add_working_days(start, days) == end
    assert end_of_span(start, days, Counting.WORKING) == end


def test_calendar_days_take_weekends_along() -> None:
    assert end_of_span(china(3, 6, 9), 3, Counting.CALENDAR) == end_of(3, 9)


def test_the_day_is_the_one_in_china() -> None:
    late_on_friday = datetime(2026, 3, 6, 15, 59, tzinfo=UTC)
    early_on_saturday = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)
    assert end_of_span(late_on_friday, 1, Counting.CALENDAR) == end_of(3, 7)
    assert end_of_span(early_on_saturday, 1, Counting.CALENDAR) == end_of(3, 8)


def test_holidays_are_free_and_exchanged_weekends_are_worked() -> None:
    week = DaysOff(name="国庆节", first=date(2026, 10, 1), last=date(2026, 10, 7))
    calendar = WorkingCalendar(source="只供测试", days_off=(week,), worked=(date(2026, 10, 10),))
    start = china(9, 30, 9)
    assert add_working_days(start, 2, calendar) == end_of(10, 9)  # Thursday the 8th, Friday the 9th
    assert add_working_days(start, 3, calendar) == end_of(10, 10)


def test_a_deadline_of_the_demo_county_counts_as_it_says() -> None:
    deadlines = read_jurisdiction("demo-county").deadlines
    assert deadlines.accept.counted is Counting.WORKING
    assert due(china(3, 2, 9), deadlines.accept) == add_working_days(china(3, 2, 9), deadlines.accept.days)
    assert due(china(3, 2, 9), deadlines.need_more) == end_of(3, 17)
