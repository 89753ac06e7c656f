"""Whom else a citizen can turn to: hotlines, the people at the desk, other places to report to."""

from datetime import datetime, time
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from foundation.clock import CHINA
from reports.jurisdictions.provenance import Code, Entry, Line, Sourced


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

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at that moment; public holidays are not known here."""
        local = at.astimezone(CHINA)
        now = local.time()
        return local.isoweekday() in self.weekdays and any(s.opens <= now < s.closes for s in self.spans)


class OtherChannel(Sourced):
    """Another public place to report to, beside this system."""

    code: Code
    name: Line
    purpose: Line
    how: Line
    """How to get there, in words."""
    link: str = ""
    """An address that the operator has checked; empty until then."""
