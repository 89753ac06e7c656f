"""The thread of a web chat: every line in order, sealed, so that a page that comes back finds all of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Integer, bindparam, select

from bot.conversation.replies import Reply
from bot.tables import WebchatLine
from foundation.crypto import seal, unseal
from foundation.statements import AtOnce, Statement, Write, insertion, table_of

_PURPOSE = "line"
PAGE = 200


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What the citizen sent: words, or pictures by their evidence ids."""

    text: str = ""
    pictures: tuple[str, ...] = ()


_REPLY: TypeAdapter[Reply] = TypeAdapter(Reply)
_OWN: TypeAdapter[OwnLine] = TypeAdapter(OwnLine)


_line = table_of(WebchatLine)
_ADD = insertion(WebchatLine, unless=("cause",))
_AFTER = Statement(
    select(_line.c.seq, _line.c.from_citizen, _line.c.at, _line.c.cause, _line.c.content_sealed)
    .where(_line.c.contact_id == bindparam("contact"), _line.c.seq > bindparam("after"))
    .order_by(_line.c.seq.desc())
    .limit(bindparam("most", type_=Integer))
)


def lines_of(
    contact_id: str, key: bytes, own: OwnLine | None, replies: Sequence[Reply], *, cause: str, at: datetime
) -> list[Write]:
    """What adds a line for what the citizen sent and one for each reply; the same `cause` adds them once."""
    plain = [(f"{cause}:me", True, _OWN.dump_json(own))] if own is not None else []
    plain += [(f"{cause}:{number}", False, _REPLY.dump_json(reply)) for number, reply in enumerate(replies)]
    return [
        (
            _ADD,
            {
                "contact_id": contact_id,
                "cause": name,
                "from_citizen": mine,
                "content_sealed": seal(key, content, _PURPOSE),
                "at": at,
            },
        )
        for name, mine, content in plain
    ]


async def lines_after(at_once: AtOnce, contact_id: str, key: bytes, after: int) -> list[dict[str, Any]]:
    """The lines after `after`, oldest first, as the page gets them; with `after` 0 the newest page of them."""
    newest_first = await at_once.look(_AFTER, {"contact": contact_id, "after": after, "most": PAGE})
    return [_as_page_line(key, *row) for row in reversed(newest_first)]


def _as_page_line(
    key: bytes, seq: int, mine: bool, at: datetime, cause: str, sealed: bytes
) -> dict[str, Any]:
    plain = unseal(key, sealed, _PURPOSE)
    base: dict[str, Any] = {"seq": seq, "mine": mine, "at": at.isoformat(), "cause": cause}
    if mine:
        own = _OWN.validate_json(plain)
        return {**base, "text": own.text, "pictures": list(own.pictures)}
    return {**base, **asdict(_REPLY.validate_json(plain))}
