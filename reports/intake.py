"""Intake: a draft becomes a tip, once, with a receipt; its further way is a job in the same transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import make_transient_to_detached
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.errors import Refusal
from foundation.ids import TipId, new_id, new_receipt
from foundation.job_queue import enqueue
from foundation.statements import insertion
from foundation.texts import storable
from reports import custody, evidence
from reports.states import TipState, move
from reports.tables import Supplement, Tip, WordsVersion

SUBMITTED = "reports.submitted"
"""The job that reads, matches and places a new tip in the queue; `moderation` answers to it."""
SUPPLEMENTED = "reports.supplemented"
"""The job that looks at a tip again after its reporter added something."""

MAX_WORDS = 4000
"""Characters of the citizen's own words that are kept; more than any channel sends in one message."""


class NothingToGoOn(Refusal):
    """还差一点内容：请拍张照片，或者说一句您看到了什么。"""


class TipNotYours(Refusal):
    """没有找到这条线索，请核对回执号。"""


class NothingAsked(Refusal):
    """这条线索现在不需要补充。"""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a citizen submits, read back and confirmed."""

    reporter_id: str
    channel: str
    kind: str
    submission_key: str
    """The same for every delivery of one submission, different for every draft."""
    words: str = ""
    evidence_ids: tuple[str, ...] = ()
    place_text: str = ""
    latitude: float | None = None
    longitude: float | None = None
    medium: str = ""
    seen_when: str = ""
    paid: str = "unknown"
    amount_band: str = ""
    scheme_hint: str | None = None
    jurisdiction: str = ""
    is_demo: bool = False
    edits: tuple[tuple[str, str], ...] = ()
    """What was written before and what it was changed to, for words edited while the draft was open."""
    scene: str = ""


async def submit(session: AsyncSession, submission: Submission, at: datetime) -> Tip:
    """Opens a tip, or finds the one that this very draft opened before.

    Raises NothingToGoOn where there is neither a word nor a file that is not part of a tip already.
    """
    words = storable(submission.words).strip()[:MAX_WORDS]
    files = await evidence.joinable(
        session, reporter_id=submission.reporter_id, evidence_ids=submission.evidence_ids
    )
    if not words and not files:  # before anything is written: the caller may catch this and commit
        if (earlier := await _opened_by(session, submission)) is None:
            raise NothingToGoOn
        return earlier  # its files are part of that tip
    tip = Tip(
        id=TipId(new_id("tip")),
        receipt=new_receipt(),
        reporter_id=submission.reporter_id,
        submission_key=submission.submission_key,
        channel=submission.channel,
        kind=submission.kind,
        state=TipState.submitted.value,
        jurisdiction=submission.jurisdiction,
        words=words,
        place_text=storable(submission.place_text).strip()[:300],
        latitude=submission.latitude,
        longitude=submission.longitude,
        medium=submission.medium,
        seen_when=storable(submission.seen_when)[:100],
        paid=submission.paid,
        amount_band=submission.amount_band,
        scheme_hint=submission.scheme_hint,
        is_demo=submission.is_demo,
        scene=submission.scene or None,
        submitted_at=at,
        updated_at=at,
    )
    await session.flush()  # what the caller added before, such as the reporter, is there first
    if not await _OPENED.run(session, tip.model_dump()):
        earlier = await _opened_by(session, submission)
        assert earlier is not None  # nothing else can be there already
        return earlier
    make_transient_to_detached(tip)  # so that the session knows it as a row that is there
    session.add(tip)
    joined = await evidence.attach(session, tip_id=tip.id, rows=files, at=at)
    session.add_all(_version(tip.id, before, after, at) for before, after in submission.edits)
    await enqueue(session, SUBMITTED, tip.id)
    await custody.record(
        session,
        actor=custody.actor_of_reporter(submission.reporter_id),
        act="tip.submitted",
        subject=tip.id,
        at=at,
        detail={"receipt": tip.receipt, "channel": tip.channel, "files": [row.id for row in joined]},
    )
    return tip


_OPENED = insertion(Tip, unless=("submission_key",))


async def _opened_by(session: AsyncSession, submission: Submission) -> Tip | None:
    found = await session.exec(select(Tip).where(col(Tip.submission_key) == submission.submission_key))
    return found.first()


async def supplement(
    session: AsyncSession,
    *,
    reporter_id: str,
    receipt: str,
    words: str,
    evidence_ids: tuple[str, ...],
    at: datetime,
) -> Tip:
    """Adds what an officer asked for. Raises TipNotYours, NothingAsked or NothingToGoOn, before anything is written."""
    tip = (
        await session.exec(
            select(Tip)
            .where(col(Tip.receipt) == receipt, col(Tip.reporter_id) == reporter_id)
            .with_for_update()
        )
    ).first()
    if tip is None:
        raise TipNotYours
    if tip.state != TipState.need_more.value:
        raise NothingAsked
    files = await evidence.joinable(session, reporter_id=reporter_id, evidence_ids=evidence_ids)
    words = storable(words).strip()[:MAX_WORDS]
    if not words and not files:
        raise NothingToGoOn
    row = Supplement(id=new_id("sup"), tip_id=tip.id, words=words, added_at=at)
    session.add(row)
    await evidence.attach(session, tip_id=tip.id, rows=files, at=at)
    tip.asked = ""
    await move(
        session,
        tip,
        TipState.submitted,
        actor=custody.actor_of_reporter(reporter_id),
        reason="举报人已补充",
        at=at,
    )
    await enqueue(session, SUPPLEMENTED, tip.id, once=row.id)
    return tip


AMENDED_FOR = timedelta(hours=48)
"""How long words may be changed after a tip was submitted, as long as a chat lets its messages be edited."""


async def amend(
    session: AsyncSession, *, reporter_id: str, before: str, after: str, at: datetime
) -> Tip | None:
    """Keeps new words for a tip whose words hold `before`; its own words stay as they came, and it is screened again.

    None where no recent tip of theirs says that.
    """
    tips = await session.exec(
        select(Tip)
        .where(col(Tip.reporter_id) == reporter_id, col(Tip.submitted_at) >= at - AMENDED_FOR)
        .order_by(col(Tip.submitted_at).desc())
        .with_for_update()
    )
    before, after = storable(before).strip()[:MAX_WORDS], storable(after).strip()[:MAX_WORDS]
    if not before or not after:
        return None
    for tip in tips.all():
        added = (await session.exec(select(Supplement.words).where(col(Supplement.tip_id) == tip.id))).all()
        if any(before in words for words in (tip.words, tip.place_text, *added)):
            row = Supplement(id=new_id("sup"), tip_id=tip.id, words=after, added_at=at)
            session.add_all((row, _version(tip.id, before, after, at)))
            await session.flush()
            await custody.record(
                session,
                actor=custody.actor_of_reporter(reporter_id),
                act="tip.amended",
                subject=tip.id,
                at=at,
            )
            await enqueue(session, SUPPLEMENTED, tip.id, once=row.id)
            return tip
    return None


async def add_files(
    session: AsyncSession, *, reporter_id: str, tip_id: TipId, evidence_ids: tuple[str, ...], at: datetime
) -> None:
    """Joins files that came late to a tip, nine in all; what is too many is kept with no tip. It is screened again."""
    await session.exec(select(Tip.id).where(col(Tip.id) == tip_id).with_for_update())
    there = len(await evidence.of_tip(session, tip_id))
    files = await evidence.joinable(session, reporter_id=reporter_id, evidence_ids=evidence_ids)
    joined = await evidence.attach(
        session, tip_id=tip_id, rows=files[: max(0, evidence.MAX_FILES_PER_TIP - there)], at=at
    )
    if joined:
        await enqueue(session, SUPPLEMENTED, tip_id, once=joined[0].id)


def _version(tip_id: str, before: str, after: str, at: datetime) -> WordsVersion:
    return WordsVersion(
        id=new_id("ver"), tip_id=tip_id, before=storable(before), after=storable(after), edited_at=at
    )
