"""Deadlines in working days. Public holidays differ by year: the jurisdiction's calendar knows them."""

from datetime import date, datetime, time, timedelta

from foundation.clock import CHINA
from reports.jurisdictions.calendar import NONE_ANNOUNCED, WorkingCalendar
from reports.jurisdictions.deadlines import Counting, Deadline


def due(start: datetime, deadline: Deadline, calendar: WorkingCalendar = NONE_ANNOUNCED) -> datetime:
    """The end of the last day of `deadline`, counted as it says."""
    return end_of_span(start, deadline.days, deadline.counted, calendar)


def end_of_span(
    start: datetime, days: int, counted: Counting, calendar: WorkingCalendar = NONE_ANNOUNCED
) -> datetime:
    """The last second (23:59:59, China time) of the last of `days` days after the day of `start`."""
    if counted is Counting.WORKING:
        return add_working_days(start, days, calendar)
    return _last_second(start.astimezone(CHINA).date() + timedelta(days=days))


def add_working_days(start: datetime, days: int, calendar: WorkingCalendar = NONE_ANNOUNCED) -> datetime:
    """The last second (23:59:59, China time) of the `days`-th working day after the day of `start`."""
    day = start.astimezone(CHINA).date()
    left = days
    while left > 0:
        day += timedelta(days=1)
        left -= calendar.is_worked(day)
    return _last_second(day)


def _last_second(day: date) -> datetime:
    # Not the midnight that follows: people would read its date as the last day.
    return datetime.combine(day, time(23, 59, 59), tzinfo=CHINA)
