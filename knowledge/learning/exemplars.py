"""Judged texts: adding them one by one or from a file, and reading back those that count."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.crypto import sha256_hex
from foundation.errors import Refusal
from foundation.ids import new_id
from knowledge.learning.masking import SHORTEST, learnable
from knowledge.learning.tables import NO_SCHEME, JudgedText, Origin
from knowledge.matching import normalize

LONGEST = 10_000
"""Characters; the matcher reads no further either."""
_AT_ONCE = 500


class ImportFault(Refusal):
    """Line {line}: {reason}. Nothing was imported."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A text with its judgement; `scheme` None says that it belongs to no scheme."""

    text: str
    scheme: str | None
    sifted: bool = field(default=False, compare=False)
    """The text is what may be learnt of another; such as are not are sifted before they are stored."""

    @property
    def digest(self) -> str:
        """The same for texts that differ in disguise, script or spacing alone."""
        return sha256_hex("".join(normalize(self.text).text.split()).encode())


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: `changed` texts were known with another judgement, which is retired; of those `left_out`
    nothing may be learnt."""

    added: int
    known: int
    changed: int
    left_out: int = 0


def kept_back(digest: str) -> bool:
    """Whether a text is only ever measured on: one in five, settled by the text itself for good."""
    return int(digest[:8], 16) % 5 == 0


def read_lines(lines: Iterable[bytes], schemes: Collection[str]) -> list[Judged]:
    """The judged texts of a file of JSON lines {"text", "scheme": code or null}, each as much as may be learnt of it
    (which can be nothing).

    Raises ImportFault at the first line that is none, names an unknown scheme, is too short or too long, or
    judges a text otherwise than an earlier line.
    """
    found: dict[str, tuple[int, Judged]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        judged = _read_line(number, line, schemes)
        first, earlier = found.setdefault(
            judged.digest if judged.text else f"line {number}", (number, judged)
        )
        if earlier.scheme != judged.scheme:
            raise ImportFault(line=number, reason=f"the same text is judged otherwise in line {first}")
    return [judged for _, judged in found.values()]


def _read_line(number: int, line: bytes, schemes: Collection[str]) -> Judged:
    try:
        row = json.loads(line)
        text, scheme = row["text"], row["scheme"]
        if not isinstance(text, str) or not (scheme is None or isinstance(scheme, str)):
            raise TypeError
        text.encode()  # a lone surrogate is no text
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ImportFault(
            line=number, reason='it must be a JSON object with a "text" and a "scheme" that is a code or null'
        ) from None
    if scheme is not None and scheme not in schemes:
        raise ImportFault(line=number, reason=f"there is no scheme “{scheme[:60]}”")
    if len(text) > LONGEST:
        raise ImportFault(line=number, reason=f"the text is longer than {LONGEST} characters")
    text = text.replace("\x00", "").strip()
    if len(text) < SHORTEST:
        raise ImportFault(line=number, reason=f"the text has fewer than {SHORTEST} characters")
    return Judged(learnable(text), scheme, sifted=True)


async def add(
    session: AsyncSession,
    judged: Sequence[Judged],
    *,
    origin: Origin,
    at: datetime,
    tip_id: str | None = None,
) -> Added:
    """Adds judged texts, of each what may be learnt. What is known already stays; another judgement of the same text
    is retired, for the newest counts."""
    added = known = changed = 0
    judged = [one if one.sifted else Judged(learnable(one.text), one.scheme, sifted=True) for one in judged]
    kept = [one for one in judged if one.text]
    left_out = len(judged) - len(kept)
    judged = kept
    for start in range(0, len(judged), _AT_ONCE):
        part = {item.digest: item for item in judged[start : start + _AT_ONCE]}
        rows: dict[str, list[JudgedText]] = {}
        for row in (await session.exec(select(JudgedText).where(col(JudgedText.digest).in_(part)))).all():
            rows.setdefault(row.digest, []).append(row)
        for digest, item in part.items():
            label = item.scheme or NO_SCHEME
            same = next((row for row in rows.get(digest, ()) if row.label == label), None)
            others = [row for row in rows.get(digest, ()) if row.label != label and row.retired_at is None]
            for row in others:
                row.retired_at = at
                session.add(row)
            if same is not None and same.retired_at is None:
                known += 1
                continue
            if same is None:
                same = JudgedText(
                    id=new_id("exm"), digest=digest, label=label, text=item.text, origin=origin.value,
                    tip_id=tip_id, added_at=at,
                )  # fmt: skip
            else:
                same.retired_at, same.added_at = None, at
            session.add(same)
            changed += bool(others)
            added += not others
    await session.flush()
    return Added(added, known, changed, left_out)


async def retire_of_tip(session: AsyncSession, tip_id: str, *, at: datetime) -> int:
    """Takes back what decisions on the tip have taught, and says how much that was."""
    rows = await session.exec(
        select(JudgedText).where(col(JudgedText.tip_id) == tip_id, col(JudgedText.retired_at).is_(None))
    )
    found = rows.all()
    for row in found:
        row.retired_at = at
        session.add(row)
    await session.flush()
    return len(found)


async def that_count(session: AsyncSession) -> list[JudgedText]:
    """Every judged text that is not retired, oldest first."""
    found = await session.exec(
        select(JudgedText)
        .where(col(JudgedText.retired_at).is_(None))
        .order_by(col(JudgedText.added_at), col(JudgedText.id))
    )
    return list(found.all())


async def count(session: AsyncSession) -> int:
    """How many judged texts count."""
    query = select(func.count()).select_from(JudgedText).where(col(JudgedText.retired_at).is_(None))
    return (await session.exec(query)).one()
