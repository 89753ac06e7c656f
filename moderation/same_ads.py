"""The same ad again: which other tips show the same file or picture, or say nearly the same, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from moderation import near_duplicates
from reports import links, picture_index
from reports.links import Link, LinkWay
from reports.tables import Evidence, Tip

_ALMOST_ALL = 18
"""Bits of 256 that JPEG, resizing and a screenshot changed at the most in our own measurement (docs/pictures.md)."""
_SAME_TEXT = 0.9

WAY_LABELS = {LinkWay.file: "同一文件", LinkWay.picture: "同一画面", LinkWay.text: "文字相近"}


@dataclass(frozen=True, slots=True)
class Sureness:
    """One way in which two tips are linked, and how sure it is, in an officer's words."""

    way: LinkWay
    label: str
    sure: str
    measured: str


@dataclass(frozen=True, slots=True)
class SameAd:
    """Another tip with the same ad, the surest way first."""

    tip: Tip
    ways: tuple[Sureness, ...]


async def index(session: AsyncSession, tip_id: str, files: Sequence[Evidence]) -> None:
    """Puts the tip's pictures and words where later tips find them."""
    await near_duplicates.note(session, tip_id)
    for row in files:
        if row.pdq and not row.private_kind:
            await picture_index.note(session, row.id, row.pdq)


async def note(session: AsyncSession, tip_id: str, files: Sequence[Evidence], at: datetime) -> None:
    """The same, and writes down what it is linked to by now."""
    await index(session, tip_id, files)
    await links.note(session, tip_id, await find(session, tip_id, files), at)


async def find(session: AsyncSession, tip_id: str, files: Sequence[Evidence]) -> list[Link]:
    """The links of a tip that was noted, to all that were."""
    found = [Link(s.id, LinkWay.text, s.alike) for s in await near_duplicates.of_tip(session, tip_id)]
    same = await picture_index.same_file(session, [row.sha256 for row in files], but_tip=tip_id)
    found += [Link(other, LinkWay.file, 1.0) for _, _, other in same]
    for row in files:
        if row.pdq and not row.private_kind:
            near = await picture_index.near(session, row.pdq, but_tip=tip_id)
            found += [Link(picture.tip_id, LinkWay.picture, picture.bits) for picture in near]
    return found


async def of_tip(session: AsyncSession, tip_id: str) -> list[SameAd]:
    """The other tips with the same ad, the surest first, then the newest."""
    by_tip: dict[str, dict[LinkWay, float]] = {}
    for link in await links.of_tip(session, tip_id):
        by_tip.setdefault(link.other_id, {})[link.way] = link.measure
    for similar in await near_duplicates.of_tip(session, tip_id):  # also tips from before links were noted
        by_tip.setdefault(similar.id, {}).setdefault(LinkWay.text, similar.alike)
    if not by_tip:
        return []
    tips = (await session.exec(select(Tip).where(col(Tip.id).in_(by_tip)))).all()
    found = [
        SameAd(tip, tuple(_told(way, by_tip[tip.id][way]) for way in LinkWay if way in by_tip[tip.id]))
        for tip in tips
    ]
    order = list(LinkWay)
    return sorted(
        found,
        key=lambda ad: (
            order.index(ad.ways[0].way),
            _distance(by_tip[ad.tip.id], ad),
            -ad.tip.submitted_at.timestamp(),
            ad.tip.id,
        ),
    )


def _distance(measures: dict[LinkWay, float], ad: SameAd) -> float:
    way = ad.ways[0].way
    return -round(measures[way], 2) if way is LinkWay.text else measures[way]


def _told(way: LinkWay, measure: float) -> Sureness:
    label = WAY_LABELS[way]
    match way:
        case LinkWay.file:
            return Sureness(way, label, "确定", "SHA-256 一致")
        case LinkWay.picture:
            sure = "很有把握" if measure <= _ALMOST_ALL else "较有把握，请对照图片"
            return Sureness(way, label, sure, f"256 位指纹相差 {int(measure)} 位")
        case LinkWay.text:
            sure = "很有把握" if measure >= _SAME_TEXT else "较有把握，请对照文字"
            return Sureness(way, label, sure, f"相似 {int(measure * 100)}%")
