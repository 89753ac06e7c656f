"""Finding files that show the same picture: bands of their PDQ hashes, of which near ones share at least one.

The 256 bits are cut into sixteen bands of sixteen, twice: as they stand, and every sixteenth bit. Hashes that differ in
fewer than sixteen bits have a whole band in common for certain; with 31 bits of difference spread by chance more than
99 in 100 have. As in `likeness_index`, of each band only the newest files are looked at, so that the search costs the
same however often one picture was sent; the hashes that it brings together are then compared bit by bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import TextClause, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from reports.tables import Evidence, PictureBand

SAME_UP_TO = 31
"""Bits of 256 that may differ: the bound of Meta's reference for PDQ (github.com/facebook/ThreatExchange, pdq)."""
NEWEST_OF_A_BAND = 40
_BANDS = 16
_BITS = 256


@dataclass(frozen=True, slots=True)
class NearPicture:
    """A file of another tip that shows the same picture; `bits` is how many of 256 differ."""

    evidence_id: str
    tip_id: str
    bits: int


def bands(pdq: str) -> tuple[int, ...]:
    """The 32 keys of a hash of 64 hexadecimal digits; each tells its place and its sixteen bits."""
    bits = int(pdq, 16)
    straight = [(bits >> (16 * place)) & 0xFFFF for place in range(_BANDS)]
    binary = f"{bits:0{_BITS}b}"
    spread = [int(binary[place::_BANDS], 2) for place in range(_BANDS)]
    return tuple((place << 16) | band for place, band in enumerate((*straight, *spread)))


def differing(one: str, other: str) -> int:
    """How many of the 256 bits of two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


async def note(session: AsyncSession, evidence_id: str, pdq: str) -> None:
    """Puts the file where others that show the same will find it; a second time changes nothing."""
    there = select(PictureBand.band).where(col(PictureBand.evidence_id) == evidence_id).limit(1)
    if (await session.exec(there)).first() is not None:
        return
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    await session.execute(
        insert(PictureBand)
        .values([{"band": band, "evidence_id": evidence_id} for band in sorted(bands(pdq))])
        .on_conflict_do_nothing(index_elements=["band", "evidence_id"])
    )


async def near(
    session: AsyncSession, pdq: str, *, but_tip: str, at_most: int = 20, within: int = SAME_UP_TO
) -> list[NearPicture]:
    """Files of other tips whose hash differs in at most `within` bits, the nearest first, then the newest."""
    keys = {f"k{place}": band for place, band in enumerate(bands(pdq))}
    found = (await (await session.connection()).execute(_walks(), keys)).scalars().all()
    if not found:
        return []
    rows = (
        await session.exec(
            select(Evidence.id, Evidence.tip_id, Evidence.pdq).where(
                col(Evidence.id).in_(found),
                col(Evidence.tip_id).is_not(None),
                col(Evidence.tip_id) != but_tip,
                col(Evidence.pdq).is_not(None),
            )
        )
    ).all()
    close = [
        NearPicture(evidence_id, tip_id, bits)
        for evidence_id, tip_id, other in rows
        if tip_id and other and (bits := differing(pdq, other)) <= within
    ]
    close.sort(key=lambda found: found.evidence_id, reverse=True)
    return sorted(close, key=lambda found: found.bits)[:at_most]


async def same_file(
    session: AsyncSession, digests: Sequence[str], *, but_tip: str, at_most: int = 20
) -> list[tuple[str, str, str]]:
    """(SHA-256, file, tip) of files of other tips with one of these digests, the newest first."""
    if not any(digests):
        return []
    rows = await session.exec(
        select(Evidence.sha256, Evidence.id, Evidence.tip_id)
        .where(
            col(Evidence.sha256).in_([digest for digest in digests if digest]),
            col(Evidence.tip_id).is_not(None),
            col(Evidence.tip_id) != but_tip,
        )
        .order_by(col(Evidence.received_at).desc(), col(Evidence.id))
        .limit(at_most)
    )
    return [(digest, evidence_id, tip_id) for digest, evidence_id, tip_id in rows.all() if tip_id]


@cache
def _walks() -> TextClause:
    """One walk down the table's own order for each band, none longer than NEWEST_OF_A_BAND."""
    walks = " UNION ALL ".join(
        f"SELECT evidence_id FROM (SELECT evidence_id FROM picture_band WHERE band = :k{place} "  # noqa: S608  (no value of anybody's)
        f"ORDER BY evidence_id DESC LIMIT {NEWEST_OF_A_BAND}) AS b{place}"
        for place in range(2 * _BANDS)
    )
    return text(f"SELECT DISTINCT evidence_id FROM ({walks}) AS found")  # noqa: S608
