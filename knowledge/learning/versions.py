"""Versions of the learnt model: which is in force, what each is made of, taking one into use or back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.errors import Refusal
from knowledge.learning import exemplars
from knowledge.learning.exemplars import Judged
from knowledge.learning.fitting import matcher_of
from knowledge.learning.masking import as_kept
from knowledge.learning.tables import NO_SCHEME, JudgedText, MatchingModel, ModelState
from knowledge.learning.wording import vocabulary
from knowledge.matching import Matcher
from knowledge.matching.learning import OfferModel
from knowledge.schemes.catalogue import Catalogue
from knowledge.schemes.training import read_model

SHIPPED = "offer-1"
"""The model that comes with the project; it is in force until a version of the deployment's own is."""
_AT_ONCE = 500


class VersionUnknown(Refusal):
    """There is no version “{name}” of the model: `qianshao model list` names them all."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a process must compare to know whether its matcher is still the right one; cheap to ask."""

    version: str
    honest_texts: int
    newest_honest: datetime | None


@dataclass(frozen=True, slots=True)
class Version:
    """What a version judges by, beside the pack."""

    model: OfferModel
    learnt_from: tuple[Judged, ...]

    def matcher(self, catalogue: Catalogue, honest: tuple[str, ...] = ()) -> Matcher:
        """Builds the matcher; takes seconds, so never on the event loop. `honest` texts get no verdict."""
        return knowing_honest(matcher_of(catalogue, self.learnt_from, self.model), honest)


def knowing_honest(matcher: Matcher, honest: tuple[str, ...]) -> Matcher:
    """The matcher, giving no verdict on these texts nor on any of which only one of these would be kept."""
    if honest:
        vocabulary()  # here, and not while a citizen waits
    return matcher.knowing_honest(honest, as_kept)


async def in_force(session: AsyncSession) -> str:
    """The name of the version in force."""
    query = (
        select(MatchingModel.name)
        .where(col(MatchingModel.state) == ModelState.on.value)
        .order_by(col(MatchingModel.switched_on_at).desc())
        .limit(1)
    )
    return (await session.exec(query)).first() or SHIPPED


async def standing(session: AsyncSession) -> Standing:
    """What is in force now."""
    query = select(func.count(), func.max(JudgedText.added_at)).where(
        col(JudgedText.label) == NO_SCHEME, col(JudgedText.retired_at).is_(None)
    )
    honest, newest = (await session.exec(query)).one()
    return Standing(await in_force(session), honest, newest)


async def honest_texts(session: AsyncSession) -> tuple[str, ...]:
    """Every text that people have judged to be no scheme, the kept-back share included: whoever ticked it was
    promised that it is not brought up again."""
    query = select(JudgedText.text).where(
        col(JudgedText.label) == NO_SCHEME, col(JudgedText.retired_at).is_(None)
    )
    return tuple((await session.exec(query)).all())


async def find(session: AsyncSession, name: str) -> MatchingModel | None:
    """The row of a version; None for the shipped one, which has none. Raises VersionUnknown."""
    if name == SHIPPED:
        return None
    row = await session.get(MatchingModel, name)
    if row is None:
        raise VersionUnknown(name=name)
    return row


async def read(session: AsyncSession, name: str) -> Version:
    """What the version judges by. Texts that were deleted since are gone from it. Raises VersionUnknown."""
    row = await find(session, name)
    if row is None:
        return Version(read_model(), ())
    ids: list[str] = row.data["exemplars"]
    texts: dict[str, Judged] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found = await session.exec(
            select(JudgedText).where(col(JudgedText.id).in_(ids[start : start + _AT_ONCE]))
        )
        texts |= {one.id: Judged(one.text, one.scheme) for one in found.all()}
    return Version(OfferModel.from_json(row.data["model"]), tuple(texts[i] for i in ids if i in texts))


async def all_of_them(session: AsyncSession) -> list[MatchingModel]:
    """Every version of the deployment's own, oldest first."""
    found = await session.exec(
        select(MatchingModel).order_by(col(MatchingModel.created_at), col(MatchingModel.name))
    )
    return list(found.all())


async def next_name(session: AsyncSession) -> str:
    """The name of the next version: `officers-1`, `officers-2`, …"""
    count = (await session.exec(select(func.count()).select_from(MatchingModel))).one()
    return f"officers-{count + 1}"


async def texts_since_last(session: AsyncSession) -> int:
    """How many judged texts no version has seen yet."""
    newest = (
        await session.exec(
            select(MatchingModel.known_texts).order_by(col(MatchingModel.created_at).desc()).limit(1)
        )
    ).first()
    return await exemplars.count(session) - (newest or 0)


async def switch(session: AsyncSession, name: str, *, by: str, at: datetime) -> str:
    """Takes a version into use and returns the one that was. The caller records it. Raises VersionUnknown."""
    wanted = await find(session, name)
    before = await in_force(session)
    rows = await session.exec(
        select(MatchingModel).where(col(MatchingModel.state) == ModelState.on.value).with_for_update()
    )
    for row in rows.all():
        row.state = ModelState.off.value
        session.add(row)
    if wanted is not None:
        wanted.state, wanted.switched_on_at, wanted.switched_on_by = ModelState.on.value, at, by
        session.add(wanted)
    await session.flush()
    return before
