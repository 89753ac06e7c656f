"""Learning from officers: what a decision teaches, the job that fits a new version, and what it may take over."""

import asyncio
from datetime import datetime
from typing import Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.clock import now
from foundation.job_queue import JobRun, enqueue
from knowledge.learning import exemplars, masking, versions
from knowledge.learning.apart import fit_apart
from knowledge.learning.exemplars import Added, Judged
from knowledge.learning.fitting import Fitted, to_fit
from knowledge.learning.measuring import FEWEST_KEPT_BACK
from knowledge.learning.tables import MatchingModel, ModelState, Origin
from knowledge.pictures.reading import PictureReading
from knowledge.schemes.catalogue import Catalogue
from moderation.sayings import text_that_counts
from reports import custody
from reports.tables import Evidence, Supplement, Tip

REFIT = "matching.refit"
"""The job that fits the version it is named after."""
REFIT_AFTER = 50
"""Texts judged since the last version, from which the next one is fitted by itself."""


class LearningDesk(Protocol):
    """What learning needs at hand."""

    catalogue: Catalogue


async def learnable(session: AsyncSession, tip: Tip) -> str:
    """What a decision on the tip would add: nothing of who reported it, nor of whom it names."""
    added = (await session.exec(select(Supplement.words).where(col(Supplement.tip_id) == tip.id))).all()
    readings = (
        await session.exec(
            select(Evidence.reading, Evidence.beside)
            .where(
                col(Evidence.tip_id) == tip.id,
                col(Evidence.reading).is_not(None),
                col(Evidence.private_kind) == "",
            )
            .order_by(col(Evidence.received_at), col(Evidence.id))
        )
    ).all()
    seen = [
        text_that_counts(PictureReading.from_json(dict(reading)), beside or ())
        for reading, beside in readings
        if reading
    ]
    return await asyncio.to_thread(  # the first time it reads the pack
        masking.of_tip,
        on_pictures="\n".join(text for text in seen if text),
        words="\n".join(part for part in (tip.words, *added) if part),
        place=tip.place_text,
    )


async def learn(session: AsyncSession, tip: Tip, scheme: str | None, *, actor: str, at: datetime) -> None:
    """Adds what the tip says as an exemplar of the scheme, or with None of no scheme; a tip that says nothing
    teaches nothing. Sets the next fit in motion when enough has come together."""
    text = await learnable(session, tip)
    if not text:
        return
    done = await exemplars.add(
        session, [Judged(text, scheme, sifted=True)], origin=Origin.decision, at=at, tip_id=tip.id
    )
    if done.added or done.changed:
        await custody.record(
            session, actor=actor, act="exemplar.learnt", subject=tip.id, at=at, detail={"scheme": scheme}
        )
        await _refit_when_due(session)


async def unlearn(session: AsyncSession, tip: Tip, *, actor: str, at: datetime) -> None:
    """Takes back what an earlier decision on the tip taught, because the tip is looked at anew."""
    if await exemplars.retire_of_tip(session, tip.id, at=at):
        await custody.record(session, actor=actor, act="exemplar.retired", subject=tip.id, at=at)


async def take_in(session: AsyncSession, judged: list[Judged], at: datetime) -> Added:
    """Adds many judged texts at once, and sets the next fit in motion when they are enough."""
    done = await exemplars.add(session, judged, origin=Origin.imported, at=at)
    if done.added or done.changed:
        await custody.record(
            session,
            actor=custody.SYSTEM,
            act="exemplars.imported",
            subject="exemplars",
            at=at,
            detail={
                "added": done.added,
                "changed": done.changed,
                "known": done.known,
                "left_out": done.left_out,
            },
        )
        await _refit_when_due(session)
    return done


async def _refit_when_due(session: AsyncSession) -> None:
    if await versions.texts_since_last(session) >= REFIT_AFTER:
        await enqueue(session, REFIT, await versions.next_name(session))


async def ask_for_refit(session: AsyncSession, once: str) -> str:
    """Sets a fit in motion whatever there is, and returns the name that the version will have."""
    name = await versions.next_name(session)
    await enqueue(session, REFIT, name, once=once)
    return name


async def refit(desk: LearningDesk, run: JobRun, name: str) -> None:
    """Fits the version outside of any transaction, keeps it, and takes it into use when it is not worse."""
    async with run.reading() as session:
        if await session.get(MatchingModel, name) is not None:
            return
        rows = await exemplars.that_count(session)
        before = await versions.in_force(session)
        parent = await versions.read(session, before)
    judged = [Judged(row.text, row.scheme) for row in rows]
    fitted = await fit_apart(name, desk.catalogue, judged, parent)
    learnt_from = set(to_fit(judged))
    async with run.finishing() as session:
        at = now()
        better, remark = _judge(fitted)
        if better and await versions.in_force(session) != before:
            better, remark = False, f"{before} was no longer in force when the fit was done"
        session.add(
            MatchingModel(
                name=name,
                parent=before,
                created_at=at,
                known_texts=len(rows),
                data={
                    "model": fitted.model,
                    "exemplars": [r.id for r, j in zip(rows, judged, strict=True) if j in learnt_from],
                },
                figures={"own": fitted.own.to_json(), "parent": fitted.parent.to_json()},
                remark=remark,
                state=ModelState.candidate.value,
            )
        )
        await session.flush()
        await custody.record(
            session,
            actor=custody.SYSTEM,
            act="model.fitted",
            subject=name,
            at=at,
            detail={"texts": len(rows), "parent": before, "remark": remark},
        )
        if better:
            await use(session, name, at=at, why=remark)


def _judge(fitted: Fitted) -> tuple[bool, str]:
    if not fitted.own.tell:
        return False, (
            f"the kept-back share is too small to tell: {fitted.own.offers} offers and {fitted.own.honest} honest "
            f"texts, {FEWEST_KEPT_BACK} of each are needed"
        )
    if fitted.worse:
        return False, f"worse than its parent on the kept-back share: {', '.join(fitted.worse)}"
    return True, "not worse than its parent on the kept-back share"


async def use(session: AsyncSession, name: str, *, at: datetime, why: str) -> str:
    """Takes a version into use, on record, and returns the one that was. Raises VersionUnknown."""
    before = await versions.switch(session, name, by=custody.SYSTEM, at=at)
    if before != name:
        await custody.record(
            session,
            actor=custody.SYSTEM,
            act="model.switched",
            subject=name,
            at=at,
            detail={"from": before, "to": name, "why": why},
        )
    return before
