"""Whom else a citizen can turn to: hotlines, the people at the desk, other places to report to."""

from datetime import date, datetime, time, timedelta
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from foundation.clock import CHINA
from reports.jurisdictions.calendar import NONE_ANNOUNCED, WorkingCalendar
from reports.jurisdictions.provenance import Code, Entry, Line, Sourced

_MONTH: Final = 32
"""Days that are looked ahead; the longest holidays take nine."""


class Hotline(Sourced):
    """A public number, shown as plain text and never as a link: look-alike sites exist."""

    number: Annotated[str, StringConstraints(pattern=r"^[0-9]{3,6}$")]
    name: Line
    purpose: Annotated[str, StringConstraints(min_length=2, max_length=40)]
    """When to call it, in plain words."""
    when: Line
    """When it answers."""
    english: Annotated[str, StringConstraints(max_length=60)] = ""
    """The purpose in English, for whom that is plainer; empty where nobody has written it."""
    english_when: Annotated[str, StringConstraints(max_length=40)] = ""
    urgent: bool = False
    """To be called at once: money has just gone, or somebody is in danger."""


class OpenSpan(Entry):
    """A stretch of the day, in China time."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("closes before it opens")
        return self


class HumanDesk(Sourced):
    """The people behind 「9 人工」."""

    name: Line
    phone: Line
    hours: Line
    """The hours as a citizen reads them."""
    hours_english: Annotated[str, StringConstraints(max_length=60)] = ""
    weekdays: Annotated[tuple[Annotated[int, Field(ge=1, le=7, strict=True)], ...], Field(min_length=1)]
    """1 is Monday."""
    spans: Annotated[tuple[OpenSpan, ...], Field(min_length=1)]

    def works_on(self, day: date, calendar: WorkingCalendar) -> bool:
        """Whether somebody is there on that day at all: not on a public holiday, but on a weekend that is worked
        instead."""
        if calendar.holiday_on(day) is not None:
            return False
        return day.isoweekday() in self.weekdays or day in calendar.worked

    def is_open(self, at: datetime, calendar: WorkingCalendar = NONE_ANNOUNCED) -> bool:
        """Whether somebody is there at that moment."""
        local = at.astimezone(CHINA)
        now = local.time()
        return self.works_on(local.date(), calendar) and any(s.opens <= now < s.closes for s in self.spans)

    def opens_next(self, at: datetime, calendar: WorkingCalendar = NONE_ANNOUNCED) -> datetime | None:
        """When somebody is there again, in China time; None where that is more than a month away."""
        local = at.astimezone(CHINA)
        for ahead in range(_MONTH):
            day = local.date() + timedelta(days=ahead)
            if not self.works_on(day, calendar):
                continue
            openings = sorted(datetime.combine(day, span.opens, tzinfo=CHINA) for span in self.spans)
            if later := [opening for opening in openings if opening > local]:
                return later[0]
        return None


class OtherChannel(Sourced):
    """Another public place to report to, beside this system."""

    code: Code
    name: Line
    purpose: Line
    how: Line
    """How to get there, in words."""
    link: str = ""
    """An address that the operator has checked; empty until then."""
