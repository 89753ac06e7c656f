"""What this room does once a day: claim windows, and sessions that ended long ago."""

from foundation.clock import now
from foundation.job_queue import JobRun
from moderation import signing_in
from reports.rewards import claim_window

DAILY = "moderation.daily"
"""The job of each day, named by its date."""


async def tidy(run: JobRun, day: str) -> None:
    """Ends the claim windows that are over, reminds of those that end soon, forgets old sessions."""
    at = now()
    async with run.finishing() as session:
        await signing_in.forget_old_sessions(session, at)
        await claim_window.lapse(session, at)
        await claim_window.remind(session, at)
