"""Reminders: whoever left a report unfinished hears of it once, a day later, where the channel allows a message."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import contacts, outbox
from bot.channels import Channel, ChannelName, Priority
from bot.conversation.messages import DraftLeft
from bot.tables import Contact, Conversation
from bot.talking import Talk, TalkDesk

AFTER: Final = timedelta(hours=24)
"""So long a draft may lie before its owner is reminded: another day, another hour of leisure."""
UNTIL: Final = timedelta(hours=46)
"""After that nobody is reminded: WeChat closes its window after 48 hours, and what is late is a nuisance."""
AT_ONCE: Final = 500
"""Conversations looked through in one go."""


class ReminderDesk(TalkDesk, Protocol):
    """What reminding needs at hand."""

    @property
    def channels(self) -> Mapping[ChannelName, Channel]:
        """The sending side of every channel that is switched on."""
        ...

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session that is committed at the end of the block; entrypoints own it."""
        ...

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


async def remind_all(desk: ReminderDesk, at: datetime) -> int:
    """Reminds everybody whose draft has been lying for a day and says how many there were.

    Looked for, and not put off as a job when the draft is begun: nearly every draft is handed in within minutes, and
    a job for each would be one more row in the answer's own transaction. However many processes look, each draft is
    reminded of once, because it says so itself.
    """
    talk, reminded, last = Talk(desk), 0, ""
    while True:
        async with desk.reading() as session:
            lying = (
                await session.exec(
                    select(Conversation.contact_id)
                    .join(Contact, col(Contact.id) == col(Conversation.contact_id))
                    .where(
                        col(Conversation.updated_at) <= at - AFTER,
                        col(Conversation.updated_at) > at - UNTIL,
                        col(Contact.unreachable_at).is_(None),
                        col(Conversation.contact_id) > last,
                    )
                    .order_by(col(Conversation.contact_id))
                    .limit(AT_ONCE)
                )
            ).all()
        for contact_id in lying:
            reminded += await _remind(desk, talk, contact_id, at)
        if len(lying) < AT_ONCE:
            return reminded
        last = lying[-1]


async def _remind(desk: ReminderDesk, talk: Talk, contact_id: str, at: datetime) -> bool:
    async with desk.transaction() as session:
        known = await contacts.of_contact(session, desk.vault, contact_id)
        if known is None or known.state.draft is None:
            return False
        quiet_since = known.state.last_at
        if quiet_since is None or at - quiet_since < AFTER:
            return False
        heard = await talk.hear(session, known, [DraftLeft()], cause=f"draft:{contact_id}", at=at)
        await talk.keep(session, known, heard, at)
        if not heard.replies:
            return False
        cause = f"draft:{quiet_since.isoformat()}"
        await outbox.owe(session, known, heard.replies, cause=cause, priority=Priority.notice, at=at)
        return True
