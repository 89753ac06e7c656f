"""The one place that asks the machine for the time; everything else is handed `at`."""

from datetime import UTC, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
"""China Standard Time; the country has one zone and no summer time."""


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return datetime.now(UTC)


def local_day(at: datetime) -> str:
    """The calendar day in China on which `at` falls, as YYYY-MM-DD."""
    return at.astimezone(CHINA).date().isoformat()


def local_text(at: datetime) -> str:
    """`at` as people in China write it: 2026-11-22 09:30."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
