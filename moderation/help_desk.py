"""The help desk: a citizen asked for a human, and an officer answers over the same chat."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from foundation.crypto import WrappedKey, sha256_hex
from foundation.errors import Refusal
from foundation.ids import new_id
from foundation.texts import storable
from moderation import enclosures
from moderation.officers import May, require
from moderation.promises import refuse_promises
from moderation.tables import HelpFile, HelpRequest, Officer
from reports import custody, notices
from reports.notices import NoticeKind

MAX_WORDS = 4000
MAX_ANSWER = 500


class HelpState(StrEnum):
    """Where a request stands."""

    open = "open"
    """Somebody waits for an answer."""
    answered = "answered"
    """An answer is on its way to them, or with them."""
    closed = "closed"
    """Nothing more is owed."""


LABELS = {HelpState.open: "待答复", HelpState.answered: "已答复", HelpState.closed: "已关闭"}


class HelpUnknown(Refusal):
    """没有这条求助。"""


class AnswerEmpty(Refusal):
    """请写下给群众的答复。"""


class AnswerTooLong(Refusal):
    """答复太长，请控制在 {most} 个字以内，或分两次说。"""


class HelpClosed(Refusal):
    """这条求助已经关闭。"""


class HelpMoved(Refusal):
    """您看的时候，对方又说了话，或同事已经答复。还没有发出：请看一眼上面的对话，再决定。"""


async def mark(session: AsyncSession, request: HelpRequest) -> str:
    """What tells how the talk stood when an officer looked at it: words, answers, and how many files came."""
    files = select(func.count()).select_from(HelpFile).where(col(HelpFile.request_id) == request.id)
    stands = (request.state, request.words, request.answer, str((await session.exec(files)).one()))
    return sha256_hex("\0".join(stands).encode())[:16]


async def _refuse_what_was_not_seen(session: AsyncSession, request: HelpRequest, seen: str) -> None:
    if seen and seen != await mark(session, request):
        raise HelpMoved


async def ask(
    session: AsyncSession, *, reporter_id: str, words: str, at: datetime, urgent: bool = False
) -> HelpRequest:
    """Puts a reporter before a human. While their last request is open, further words join it; where they no longer fit,
    they open another, so that nothing of them is lost.
    """
    said = storable(words).strip()
    waiting = (
        await session.exec(
            select(HelpRequest)
            .where(
                col(HelpRequest.reporter_id) == reporter_id, col(HelpRequest.state) == HelpState.open.value
            )
            .order_by(col(HelpRequest.asked_at).desc(), col(HelpRequest.id).desc())
            .limit(1)
            .with_for_update()
        )
    ).first()
    if waiting is not None and len(waiting.words) + 1 + len(said) <= MAX_WORDS:
        if said and said not in waiting.words.splitlines():
            waiting.words = f"{waiting.words}\n{said}".strip()
        waiting.urgent = waiting.urgent or urgent
        session.add(waiting)
        return waiting
    request = HelpRequest(
        id=new_id("hlp"),
        reporter_id=reporter_id,
        state=HelpState.open.value,
        urgent=urgent,
        words=said[:MAX_WORDS],
        asked_at=at,
    )
    session.add(request)
    await session.flush()
    await custody.record(
        session, actor=custody.actor_of_reporter(reporter_id), act="help.asked", subject=request.id, at=at
    )
    return request


async def waiting_list(
    session: AsyncSession, state: HelpState = HelpState.open, limit: int = 200
) -> list[HelpRequest]:
    """The requests in one state: of those that wait the urgent ones first, then the oldest; of the others the newest
    first."""
    order = (
        (col(HelpRequest.urgent).desc(), col(HelpRequest.asked_at))
        if state is HelpState.open
        else (col(HelpRequest.asked_at).desc(),)
    )
    rows = await session.exec(
        select(HelpRequest)
        .where(col(HelpRequest.state) == state.value)
        .order_by(*order, col(HelpRequest.id))
        .limit(limit)
    )
    return list(rows.all())


async def count_waiting(session: AsyncSession) -> tuple[int, int]:
    """How many wait for an answer, and how many of these are urgent."""
    rows = await session.execute(
        select(col(HelpRequest.urgent), func.count())
        .where(col(HelpRequest.state) == HelpState.open.value)
        .group_by(col(HelpRequest.urgent))
    )
    by_urgency = {bool(urgent): count for urgent, count in rows.all()}
    return sum(by_urgency.values()), by_urgency.get(True, 0)


async def find(session: AsyncSession, request_id: str, *, lock: bool = False) -> HelpRequest:
    """One request. Raises HelpUnknown."""
    request = await session.get(HelpRequest, request_id, with_for_update=lock or None)
    if request is None:
        raise HelpUnknown
    return request


async def earlier(session: AsyncSession, request: HelpRequest) -> list[HelpRequest]:
    """The same reporter's earlier requests, newest first: the talk so far."""
    rows = await session.exec(
        select(HelpRequest)
        .where(
            col(HelpRequest.reporter_id) == request.reporter_id,
            col(HelpRequest.id) != request.id,
            col(HelpRequest.asked_at) <= request.asked_at,
        )
        .order_by(col(HelpRequest.asked_at).desc())
        .limit(10)
    )
    return list(rows.all())


async def since(session: AsyncSession, request: HelpRequest) -> HelpRequest | None:
    """The same reporter's newest request that waits, where it came after this one: the talk has gone on there."""
    rows = await session.exec(
        select(HelpRequest)
        .where(
            col(HelpRequest.reporter_id) == request.reporter_id,
            col(HelpRequest.id) != request.id,
            col(HelpRequest.state) == HelpState.open.value,
            col(HelpRequest.asked_at) >= request.asked_at,
        )
        .order_by(col(HelpRequest.asked_at).desc())
        .limit(1)
    )
    return rows.first()


async def answer(
    session: AsyncSession,
    request_id: str,
    *,
    text: str,
    officer: Officer,
    at: datetime,
    picture: tuple[str, tuple[str, WrappedKey, str]] | None = None,
    seen: str = "",
) -> HelpRequest:
    """Answers, and owes the reporter the words; the picture (its id, and what `enclosures.seal_into` gave) follows when
    it has been read. `seen` is the `mark` of the talk that the officer looked at.

    Raises AnswerEmpty, AnswerTooLong, HelpClosed, PromiseRefused, or HelpMoved where more was said since they looked.
    """
    require(officer, May.answer_help)
    said = text.strip()
    if not said:
        raise AnswerEmpty
    if len(said) > MAX_ANSWER:
        raise AnswerTooLong(most=MAX_ANSWER)
    refuse_promises(said)
    request = await find(session, request_id, lock=True)
    if request.state == HelpState.closed.value:
        raise HelpClosed
    await _refuse_what_was_not_seen(session, request, seen)
    request.answer = f"{request.answer}\n{said}".strip()
    request.state, request.answered_by, request.answered_at = HelpState.answered.value, officer.id, at
    session.add(request)
    await notices.owe(
        session, NoticeKind.officer_answer, reporter_id=request.reporter_id, at=at, detail={"text": said}
    )
    if picture is not None:
        await enclosures.add(session, request, *picture, officer=officer, at=at)
    await custody.record(
        session,
        actor=custody.actor_of_officer(officer.id),
        act="help.answered",
        subject=request.id,
        at=at,
        detail={"text": said},
    )
    return request


async def close(
    session: AsyncSession, request_id: str, *, officer: Officer, at: datetime, seen: str = ""
) -> HelpRequest:
    """Closes a request, answered or not (they may have been reached by telephone). Raises HelpMoved as `answer` does."""
    require(officer, May.answer_help)
    request = await find(session, request_id, lock=True)
    if request.state == HelpState.closed.value:
        return request
    await _refuse_what_was_not_seen(session, request, seen)
    request.state, request.closed_by, request.closed_at = HelpState.closed.value, officer.id, at
    session.add(request)
    await custody.record(
        session, actor=custody.actor_of_officer(officer.id), act="help.closed", subject=request.id, at=at
    )
    return request


async def forget(session: AsyncSession, reporter_id: str, at: datetime) -> None:
    """Takes away what was said here by and to somebody who asked to be forgotten, and closes what is still open.

    No law keeps it as it keeps a tip, and nobody could be answered any more. That they asked stays on record.
    """
    rows = await session.exec(
        select(HelpRequest).where(col(HelpRequest.reporter_id) == reporter_id).with_for_update()
    )
    for request in rows.all():
        request.words, request.answer = "", ""
        if request.state == HelpState.open.value:
            request.state, request.closed_at = HelpState.closed.value, at
        session.add(request)
    await enclosures.forget(session, reporter_id)
