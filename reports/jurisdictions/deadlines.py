"""Deadlines: what is due within how many days, and how days are counted."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from reports.jurisdictions.provenance import Entry, Sourced


class Counting(StrEnum):
    """How days are counted."""

    WORKING = "working"
    """Without weekends and public holidays (工作日)."""
    CALENDAR = "calendar"
    """Every day (自然日)."""


class Deadline(Sourced):
    """A span of days in which something is due."""

    days: Annotated[int, Field(ge=1, le=365, strict=True)]
    counted: Counting


class Deadlines(Entry):
    """What is due within which time."""

    accept: Deadline
    """The desk says whether it takes a tip up."""
    verify: Deadline
    """The department says what came of it."""
    need_more: Deadline
    """The reporter answers a question; after that the tip is judged as it stands."""
    advertising_reply: Deadline
    """The market regulator deals with a report of an unlawful advertisement and answers."""
    market_reply: Deadline
    """The market regulator says whether it takes up any other report."""
    institution_accept: Deadline
    """The financial regulator says whether it takes up a report about a bank or an insurer."""
    institution_investigate: Deadline
    """The financial regulator ends its inquiry into that report."""
