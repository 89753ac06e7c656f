"""Albums at the runtime: the job that waits for quiet, and late pieces that join a tip already submitted."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.contacts import Known
from bot.conversation.effects import AddToTip, WaitForQuiet
from bot.conversation.messages import AlbumAdded, AlbumPiece, AlbumQuiet, Incoming, Said, SentMedia
from foundation.ids import TipId
from foundation.job_queue import enqueue
from reports import evidence, intake

CLOSE_ALBUM = "bot.close_album"
"""The job that looks whether an album is whole. Its subject names the contact, the album and the count."""

_MARK = "/"


def as_piece(album: str, sent: SentMedia, written: Sequence[Incoming]) -> AlbumPiece:
    """Kept files and the words under them as one piece of an album."""
    words = "\n".join(one.text for one in written if isinstance(one, Said))
    return AlbumPiece(album, sent.evidence_ids, sent.kind, words)


async def wait_for_quiet(session: AsyncSession, known: Known, asked: WaitForQuiet) -> None:
    """Has a worker look at the album again in a while; each piece has a look of its own, so that none is lost with a
    process that dies."""
    subject = _MARK.join((known.contact_id, asked.album, str(asked.count)))
    await enqueue(session, CLOSE_ALBUM, subject, after=asked.wait)


def read_subject(subject: str) -> tuple[str, AlbumQuiet]:
    """The contact's id, and what the conversation is to hear."""
    contact_id, _, rest = subject.partition(_MARK)
    album, _, count = rest.rpartition(_MARK)
    return contact_id, AlbumQuiet(album, int(count))


async def add_to_tip(
    session: AsyncSession, known: Known, late: AddToTip, at: datetime
) -> tuple[Incoming, ...]:
    """Joins late pieces to the tip that the earlier one is part of; otherwise they are heard as pictures of their own."""
    earlier = await evidence.find(session, late.earlier)
    if earlier.tip_id is None or earlier.reporter_id != known.reporter_id:
        return late.otherwise
    await intake.add_files(
        session,
        reporter_id=known.reporter_id,
        tip_id=TipId(earlier.tip_id),
        evidence_ids=late.evidence_ids,
        at=at,
    )
    return (AlbumAdded(),)
