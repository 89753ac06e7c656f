"""The thread of a web chat: every line in order, sealed, so that a page that comes back finds all of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.conversation.replies import Reply
from bot.tables import WebchatLine
from foundation.crypto import seal, unseal

_PURPOSE = "line"
PAGE = 200


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What the citizen sent: words, or pictures by their evidence ids."""

    text: str = ""
    pictures: tuple[str, ...] = ()


_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
_OWN: TypeAdapter[OwnLine] = TypeAdapter(OwnLine)


async def add_own(
    session: AsyncSession, contact_id: str, key: bytes, line: OwnLine, *, cause: str, at: datetime
) -> None:
    """Adds what the citizen sent."""
    await _add(
        session, contact_id, seal(key, _OWN.dump_json(line), _PURPOSE), cause=f"{cause}:me", mine=True, at=at
    )


async def add_replies(
    session: AsyncSession, contact_id: str, key: bytes, replies: Sequence[Reply], *, cause: str, at: datetime
) -> None:
    """Adds what we answered, a line for each reply."""
    for number, reply in enumerate(replies):
        sealed = seal(key, _REPLY.dump_json(reply), _PURPOSE)
        await _add(session, contact_id, sealed, cause=f"{cause}:{number}", mine=False, at=at)


async def _add(
    session: AsyncSession, contact_id: str, sealed: bytes, *, cause: str, mine: bool, at: datetime
) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    await session.execute(
        insert(WebchatLine)
        .values(contact_id=contact_id, cause=cause, from_citizen=mine, content_sealed=sealed, at=at)
        .on_conflict_do_nothing(index_elements=["cause"])
    )


async def lines_after(session: AsyncSession, contact_id: str, key: bytes, after: int) -> list[dict[str, Any]]:
    """The lines after `after`, oldest first, as the page gets them; with `after` 0 the newest page of them."""
    query = select(WebchatLine).where(col(WebchatLine.contact_id) == contact_id, col(WebchatLine.seq) > after)
    newest_first = (await session.exec(query.order_by(col(WebchatLine.seq).desc()).limit(PAGE))).all()
    return [_as_page_line(key, row) for row in reversed(newest_first)]


def farewell_lines(
    own: OwnLine, replies: Sequence[Reply], *, cause: str, after: int, at: datetime
) -> list[dict[str, Any]]:
    """What was said and answered last, for somebody whose thread nobody can open any more: it is shown this once.

    Their numbers lie below those of whatever may follow, because the same lines were written under later ones.
    """
    lines = [_mine(own, after + 1, f"{cause}:me", at)]
    lines.extend(
        _ours(reply, after + 2 + number, f"{cause}:{number}", at) for number, reply in enumerate(replies)
    )
    return lines


def _as_page_line(key: bytes, row: WebchatLine) -> dict[str, Any]:
    plain = unseal(key, row.content_sealed, _PURPOSE)
    if row.from_citizen:
        return _mine(_OWN.validate_json(plain), row.seq, row.cause, row.at)
    return _ours(_REPLY.validate_json(plain), row.seq, row.cause, row.at)


def _mine(own: OwnLine, seq: int | None, cause: str, at: datetime) -> dict[str, Any]:
    said = {"text": own.text, "pictures": list(own.pictures)}
    return {"seq": seq, "mine": True, "at": at.isoformat(), "cause": cause, **said}


def _ours(reply: Reply, seq: int | None, cause: str, at: datetime) -> dict[str, Any]:
    return {"seq": seq, "mine": False, "at": at.isoformat(), "cause": cause, **asdict(reply)}
