"""The days on which offices rest though it is a weekday, and those on which they work though it is a weekend (调休).

China announces both each year in the November before; nothing can compute them. They are data: in the country's pack, or in
a file of the operator's own.
"""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import Field, ValidationError, model_validator

from reports.jurisdictions.layers import JurisdictionFault
from reports.jurisdictions.provenance import Entry, Line, Sourced

_SATURDAY: Final = 5
_LONGEST: Final = 30


class DaysOff(Entry):
    """One holiday, from its first free day to its last, weekends between included."""

    name: Line
    english: Annotated[str, Field(max_length=40)] = ""
    first: date
    last: date

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if not timedelta() <= self.last - self.first <= timedelta(days=_LONGEST):
            raise ValueError(f"{self.name} ends before it begins, or lasts longer than {_LONGEST} days")
        return self


class WorkingCalendar(Sourced):
    """The holidays and the weekends worked instead, as far as they are announced."""

    days_off: tuple[DaysOff, ...] = ()
    worked: tuple[date, ...] = ()
    """Saturdays and Sundays that are worked in exchange."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        for day in self.worked:
            if day.weekday() < _SATURDAY:
                raise ValueError(f"{day} is no weekend: only a weekend day is worked in exchange")
            if self.holiday_on(day) is not None:
                raise ValueError(f"{day} is both free and worked")
        return self

    def holiday_on(self, day: date) -> DaysOff | None:
        """The holiday that this day belongs to."""
        return next((off for off in self.days_off if off.first <= day <= off.last), None)

    def is_worked(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.worked:
            return True
        return day.weekday() < _SATURDAY and self.holiday_on(day) is None

    def is_announced(self, year: int) -> bool:
        """Whether the holidays of this year are in it."""
        return any(off.first.year == year for off in self.days_off)


NONE_ANNOUNCED: Final = WorkingCalendar(source="没有公布的节假日")
"""Weekends alone are free."""


def read_calendar(path: Path) -> WorkingCalendar:
    """An operator's own file: `source`, `[[days_off]]` and `worked`, as in a pack's `[calendar]`. Raises
    JurisdictionFault."""
    try:
        return WorkingCalendar.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        where = ".".join(map(str, fault["loc"]))
        reason = fault["msg"].removeprefix("Value error, ")
        raise JurisdictionFault(path, f"{where}: {reason}" if where else reason) from error
    except (OSError, ValueError) as error:  # unreadable, not UTF-8, not TOML
        raise JurisdictionFault(path, f"cannot be read: {error}") from error
