"""Indicators (标识) of tips: the phone, the WeChat id, the link that several ads share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.ids import new_id
from foundation.texts import storable
from reports.tables import Indicator, Tip, TipIndicator

KIND_LABELS = {
    "phone": "电话",
    "wechat": "微信号",
    "qq": "QQ",
    "url": "网址",
    "payee": "收款账户",
    "company": "公司名称",
    "telegram": "电报号",
    "whatsapp": "WhatsApp",
    "douyin": "抖音号",
    "official_account": "公众号",
    "group": "群名",
    "qr": "二维码",
}


@dataclass(frozen=True, slots=True)
class SeenIndicator:
    """An indicator as it was found in one tip. `source` is words, picture or code; `pictures` are the files that it
    stands on, by id."""

    kind: str
    canonical: str
    raw: str
    source: str
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedIndicator:
    """An indicator of a tip with the other tips that carry it, newest first."""

    kind: str
    canonical: str
    raw: str
    source: str
    others: tuple[Tip, ...]
    pictures: tuple[str, ...] = ()
    """The tip's own files that it stands on, by id."""

    @property
    def label(self) -> str:
        """What officers call this kind."""
        return KIND_LABELS.get(self.kind, self.kind)


async def note(session: AsyncSession, tip_id: str, seen: Iterable[SeenIndicator], at: datetime) -> None:
    """Writes down that these are the indicators of a tip, and no others."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # Sorted: two tips that share indicators must lock the rows in one order.
    kept: list[str] = []
    for item in sorted(set(seen), key=lambda s: (s.kind, s.canonical, s.source)):
        canonical, raw = storable(item.canonical)[:500], storable(item.raw)[:500]
        await session.execute(
            insert(Indicator)
            .values(id=new_id("ind"), kind=item.kind, canonical=canonical, first_seen_at=at)
            .on_conflict_do_nothing(index_elements=["kind", "canonical"])
        )
        indicator_id = (
            await session.exec(
                select(Indicator.id).where(
                    col(Indicator.kind) == item.kind, col(Indicator.canonical) == canonical
                )
            )
        ).one()
        link = insert(TipIndicator).values(
            tip_id=tip_id,
            indicator_id=indicator_id,
            source=item.source,
            raw=raw,
            pictures=list(item.pictures),
        )
        await session.execute(
            link.on_conflict_do_update(
                index_elements=["tip_id", "indicator_id"],
                set_={name: link.excluded[name] for name in ("source", "raw", "pictures")},
            )
        )
        kept.append(indicator_id)
    await session.execute(
        delete(TipIndicator).where(
            col(TipIndicator.tip_id) == tip_id, col(TipIndicator.indicator_id).not_in(kept)
        )
    )


async def shared(session: AsyncSession, tip_id: str, *, others_at_most: int = 10) -> list[SharedIndicator]:
    """The tip's indicators, each with the other tips that carry it."""
    own = (
        await session.exec(
            select(TipIndicator, Indicator)
            .join(Indicator, col(Indicator.id) == col(TipIndicator.indicator_id))
            .where(col(TipIndicator.tip_id) == tip_id)
            .order_by(col(Indicator.kind), col(Indicator.canonical))
        )
    ).all()
    found = []
    for link, indicator in own:
        others = (
            await session.exec(
                select(Tip)
                .join(TipIndicator, col(TipIndicator.tip_id) == col(Tip.id))
                .where(col(TipIndicator.indicator_id) == indicator.id, col(Tip.id) != tip_id)
                .order_by(col(Tip.submitted_at).desc())
                .limit(others_at_most)
            )
        ).all()
        found.append(
            SharedIndicator(
                indicator.kind,
                indicator.canonical,
                link.raw,
                link.source,
                tuple(others),
                tuple(link.pictures or ()),
            )
        )
    return found
