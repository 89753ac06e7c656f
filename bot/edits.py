"""Messages that were changed after they were sent: which one it was, and what it said before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.channels import Edit
from bot.contacts import Known
from bot.conversation.effects import AmendTip
from bot.conversation.messages import Amended, Edited, NotAmended
from bot.tables import InboxMessage
from foundation.crypto import unseal
from reports import intake

MOST_LOOKED_AT = 200
"""Messages of one contact since the changed one; behind more of them its first words are not looked for."""
_BEFORE = timedelta(minutes=1)
"""The platform's clock and ours may differ by so much."""
RAW = "raw"
"""What a message as it came is sealed for."""


@dataclass(frozen=True, slots=True)
class WasEdited:
    """What the conversation hears of an edit, and whether the message now carries a file that it did not."""

    message: Edited
    has_new_file: bool = False


HEARD_FOR = timedelta(hours=48)
"""How long after it was sent a message that is not on record is heard when it is changed: as long as a bot's own edits are
open. Whoever changes an older one puts their own chat in order and waits for no answer."""


async def as_edited(session: AsyncSession, known: Known, edit: Edit, at: datetime) -> WasEdited:
    """What the message said last and what it says now. One that is not on record is heard as if it came now, file and all."""
    rows = await session.exec(
        select(InboxMessage.raw_sealed)
        .where(
            col(InboxMessage.contact_id) == known.contact_id,
            col(InboxMessage.received_at) >= edit.sent_at - _BEFORE,
        )
        .order_by(col(InboxMessage.received_at).desc(), col(InboxMessage.id).desc())
        .limit(MOST_LOOKED_AT)
    )
    for sealed in rows.all():
        before = edit.said_in(unseal(known.key, sealed, RAW))
        if before is not None:
            return WasEdited(Edited(before.text, edit.text), bool(edit.media) and not before.has_file)
    if at - edit.sent_at > HEARD_FOR:
        return WasEdited(Edited("", edit.text, on_record=False, is_recent=False))
    if edit.media:  # the words then belong to the file that comes with them
        return WasEdited(Edited("", edit.text), has_new_file=True)
    return WasEdited(Edited("", edit.text, on_record=False))


async def amend(session: AsyncSession, known: Known, change: AmendTip, at: datetime) -> Amended | NotAmended:
    """Keeps a version of a tip's words, where one of theirs has them."""
    tip = await intake.amend(
        session, reporter_id=known.reporter_id, before=change.before, after=change.after, at=at
    )
    return NotAmended(change.after) if tip is None else Amended()
