"""Screening: reading a tip's pictures, matching all that it says, noting its indicators. It suggests; officers judge."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.blobs import Blobs
from foundation.clock import now
from foundation.ids import new_id
from foundation.job_queue import JobRun, Queue, enqueue
from knowledge.matching import Matcher, MatchResult
from knowledge.pictures.errors import PictureRefused
from knowledge.pictures.reader import Examined, PictureReader
from knowledge.pictures.reading import PictureReading, ReadingWarning
from knowledge.schemes.catalogue import Catalogue
from moderation import joining, same_ads, sayings
from moderation.decisions import scheme_was_corrected, was_routed
from moderation.sayings import Beside, WhatItSays
from moderation.triage import place_in_queue
from reports import clusters, custody, evidence, indicators, sealing
from reports.evidence import Consent, EvidenceKind, EvidenceState
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.sealing import EvidenceNotKept
from reports.states import OPEN, TipState
from reports.tables import Evidence, Supplement, Tip, TipMatch
from reports.vault import Vault

EVIDENCE_KEPT = "reports.evidence_kept"
"""The job that reads a picture whose bytes are kept."""
EVIDENCE_READ = "reports.evidence_read"
"""The job that tells whoever asked that a picture was read, or could not be; `bot` answers to it."""
SCREEN = "moderation.screen"
"""The job that matches a tip again, after one of its pictures was read."""

CONSENT_DUE = "moderation.consent_due"
"""The job that counts a private-looking picture in, when its reporter has not answered for a day."""

_PRIVATE = (ReadingWarning.IDENTITY_CARD, ReadingWarning.BANK_CARD, ReadingWarning.SELFIE)

READING_SECONDS = 60.0


class ScreeningDesk(Protocol):
    """What screening needs at hand."""

    blobs: Blobs
    vault: Vault
    matcher: Matcher
    catalogue: Catalogue
    jurisdiction: Jurisdiction


async def want_reading(session: AsyncSession, row: Evidence) -> None:
    """Puts a kept picture on the way to be read; other kinds of file are for officers' eyes and ears."""
    if row.kind == EvidenceKind.picture:
        await enqueue(session, EVIDENCE_KEPT, row.id, queue=Queue.pictures)


async def read_picture(desk: ScreeningDesk, reader: PictureReader, run: JobRun, evidence_id: str) -> None:
    """Reads one picture outside of any transaction, then notes what it says, unless it was given up meanwhile."""
    async with run.reading() as session:
        row = await evidence.find(session, evidence_id)
    try:
        data = await sealing.original(desk.blobs, desk.vault.masters, row)
    except EvidenceNotKept:
        return
    examined: Examined | None = None
    refusal = ""
    try:
        examined = await reader.examine(data, timeout_seconds=READING_SECONDS)
    except PictureRefused as refused:
        refusal = str(refused)
    display = None
    if examined is not None:
        display = await sealing.seal_display(desk.blobs, desk.vault.masters, row, examined.display.data)
    async with run.finishing() as session:
        row = await evidence.find(session, evidence_id, lock=True)
        given_up = row.wrapped_key is None
        if not given_up:
            await evidence.note_reading(
                session,
                row,
                display=display,
                reading=examined.reading.to_json() if examined is not None else None,
                pdq=examined.reading.pdq if examined is not None else None,
                refusal=refusal,
                at=now(),
                taken=sealing.seal_taken(desk.vault.masters, row, examined.taken.to_json())
                if examined is not None and examined.taken is not None
                else None,
            )
            if examined is not None and (private := looks_private(examined.reading)):
                await evidence.ask_consent(session, row, private, now())
                await enqueue(
                    session, CONSENT_DUE, row.id, after=evidence.WITHHELD_FOR + timedelta(minutes=1)
                )
            await enqueue(session, EVIDENCE_READ, row.id)
            if row.tip_id is not None:
                await enqueue(session, SCREEN, row.tip_id, once=row.id)
    if given_up and display is not None:
        await desk.blobs.delete(display[0])


async def screen_tip(desk: ScreeningDesk, run: JobRun, tip_id: str) -> None:
    """Matches a tip with all that is known of it by now and places it in the queue."""
    async with run.reading() as session:
        known = await _everything(session, tip_id)
    judged = await asyncio.to_thread(_judge, desk.matcher, *known)
    async with run.finishing() as session:
        tip = (
            await session.exec(select(Tip).where(col(Tip.id) == tip_id).with_for_update(key_share=True))
        ).one()
        if (latest := await _everything(session, tip_id)) != known:
            # A picture was read in between, and its own job may be done already: the last word is the whole.
            judged = await asyncio.to_thread(_judge, desk.matcher, *latest)
        says, beside, result = judged
        files = await joining.files_that_count(session, tip_id, now())
        for row in files:
            await evidence.note_beside(session, row, beside.get(row.id, ()))
        before = await clusters.linked_with(session, tip_id)
        await note_indicators(session, desk.jurisdiction, tip_id, says, now())
        await same_ads.note(session, tip_id, files, now())
        note_match(session, tip, result, now(), keep_scheme=await scheme_was_corrected(session, tip_id))
        if not await was_routed(session, tip_id):
            tip.department = None  # suggested anew: the scheme may be another now
        after = await clusters.linked_with(session, tip_id)
        await joining.want(session, tip_id, {*before} - {*after}, once=run.job_id)
        place_in_queue(
            tip,
            result,
            linked_tips=len(after),
            has_readable_evidence=any(row.state == EvidenceState.read for row in files),
            catalogue=desk.catalogue,
            jurisdiction=desk.jurisdiction,
        )
        session.add(tip)
        await custody.record(
            session,
            actor=custody.SYSTEM,
            act="tip.screened",
            subject=tip_id,
            at=now(),
            detail={
                "verdict": result.verdict.value,
                "score": round(result.score, 3),
                "scheme": tip.scheme_code,
            },
        )


async def note_indicators(
    session: AsyncSession,
    jurisdiction: Jurisdiction,
    tip_id: str,
    says: WhatItSays,
    at: datetime,
) -> None:
    """Writes down the tip's indicators, but for contacts that are the public's."""
    seen = [item for item in sayings.seen_indicators(says) if not sayings.is_public(item, jurisdiction)]
    await indicators.note(session, tip_id, seen, at)


def looks_private(reading: PictureReading) -> str:
    """What of the reporter's own it looks like; empty where it looks like nothing of the kind."""
    return next((warning.value for warning in _PRIVATE if warning in reading.warnings), "")


async def screen_after_consent(run: JobRun, evidence_id: str) -> None:
    """A day has passed since the reporter was asked: the picture counts from now on, unless they said no."""
    async with run.finishing() as session:
        row = await evidence.find(session, evidence_id)
        if row.tip_id is not None and row.consent == Consent.asked:
            await enqueue(session, SCREEN, row.tip_id, once=f"{row.id}:day")


Pictures = list[tuple[str, PictureReading]]


async def _everything(session: AsyncSession, tip_id: str) -> tuple[str, Pictures, Beside]:
    """The words, the pictures that count, and what officers chose on them."""
    tip = (await session.exec(select(Tip).where(col(Tip.id) == tip_id))).one()
    added = (await session.exec(select(Supplement.words).where(col(Supplement.tip_id) == tip_id))).all()
    words = "\n".join(part for part in (tip.words, *added) if part)
    files = await joining.files_that_count(session, tip_id, now())
    return words, sayings.readings_of(files), sayings.chosen_ads(files)


def _judge(
    matcher: Matcher, words: str, pictures: Pictures, chosen: Beside
) -> tuple[WhatItSays, Beside, MatchResult]:
    beside = sayings.find_neighbours(matcher, pictures, chosen)
    says = WhatItSays(words, sayings.ads_that_count(pictures, beside))
    return says, beside, matcher.match(says.text)


async def what_tip_says(session: AsyncSession, tip_id: str) -> WhatItSays:
    """All that a tip says by now, as the matcher was given it when the tip was screened last."""
    words, pictures, _ = await _everything(session, tip_id)
    beside = sayings.noted_neighbours(await evidence.of_tip(session, tip_id))
    return WhatItSays(words, sayings.ads_that_count(pictures, beside))


def note_match(
    session: AsyncSession, tip: Tip, result: MatchResult, at: datetime, *, keep_scheme: bool
) -> None:
    """Keeps this run of the matcher and, unless an officer has set it, lets the tip carry its best scheme."""
    outcome: dict[str, Any] = result.to_json()
    session.add(
        TipMatch(
            id=new_id("mat"),
            tip_id=tip.id,
            verdict=result.verdict.value,
            score=result.score,
            sense=result.sense.value,
            result=outcome,
            model=result.model or None,
            matched_at=at,
        )
    )
    tip.verdict, tip.score = result.verdict.value, result.score
    if TipState(tip.state) in OPEN and result.schemes and not keep_scheme:
        tip.scheme_code = result.schemes[0].code
