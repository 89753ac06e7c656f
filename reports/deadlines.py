"""Deadlines in working days. Public holidays differ by year, so a jurisdiction may hand them in."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from foundation.clock import CHINA
from reports.jurisdictions.deadlines import Counting, Deadline

_SATURDAY = 5


def due(start: datetime, deadline: Deadline) -> datetime:
    """The end of the last day of `deadline`, counted as it says."""
    return end_of_span(start, deadline.days, deadline.counted)


def end_of_span(start: datetime, days: int, counted: Counting) -> datetime:
    """The last second (23:59:59, China time) of the last of `days` days after the day of `start`."""
    if counted is Counting.WORKING:
        return add_working_days(start, days)
    return _last_second(start.astimezone(CHINA).date() + timedelta(days=days))


def add_working_days(
    start: datetime, days: int, *, holidays: Collection[date] = (), working_weekends: Collection[date] = ()
) -> datetime:
    """The last second (23:59:59, China time) of the `days`-th working day after the day of `start`.

    `holidays` are free weekdays, `working_weekends` the weekend days worked instead (调休).
    """
    day = start.astimezone(CHINA).date()
    left = days
    while left > 0:
        day += timedelta(days=1)
        weekend = day.weekday() >= _SATURDAY
        if (weekend and day in working_weekends) or (not weekend and day not in holidays):
            left -= 1
    return _last_second(day)


def _last_second(day: date) -> datetime:
    # Not the midnight that follows: people would read its date as the last day.
    return datetime.combine(day, time(23, 59, 59), tzinfo=CHINA)
