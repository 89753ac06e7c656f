"""Talking: one message through the pure engine, its queries answered, its effects carried out in the transaction."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import albums, contacts, edits
from bot.channels import ChannelName
from bot.contacts import Known
from bot.conversation import album
from bot.conversation.effects import (
    AddToTip,
    AmendTip,
    AnswerNeedMore,
    CallHuman,
    DropPictures,
    Effect,
    EraseMe,
    ForgetDraft,
    ForgetWhoLeft,
    Hear,
    JudgePictures,
    JudgeText,
    KeepPictures,
    LookUpTips,
    RecordQuizAnswer,
    SetStyle,
    SubmitTip,
    WaitForQuiet,
)
from bot.conversation.engine import Engine
from bot.conversation.languages import guessed_from_tag
from bot.conversation.messages import (
    AlbumPiece,
    AlbumQuiet,
    AnswerRefused,
    Finding,
    Incoming,
    Judged,
    NotSubmitted,
    Submitted,
    TipCard,
    TipsFound,
)
from bot.conversation.replies import Reply
from bot.conversation.state import Draft, State
from bot.conversation.wording import phrases
from bot.judging import as_finding
from bot.last_look import without_promises
from bot.picture_questions import ask_about_pictures
from foundation.clock import CHINA
from foundation.crypto import sha256_hex
from foundation.errors import Refusal
from foundation.ids import read_receipt
from foundation.job_queue import enqueue
from foundation.settings import Settings
from foundation.statements import Write
from knowledge.matching import Matcher
from knowledge.quizzes.answers import noting
from knowledge.schemes.catalogue import Catalogue
from moderation import help_desk, help_files
from moderation.screening import SCREEN
from reports import evidence, intake, passphrases, receipts
from reports.intake import Submission
from reports.jurisdictions.jurisdiction import Jurisdiction
from reports.rewards import track
from reports.vault import Vault

FORGET_EVIDENCE = "bot.forget_evidence"
"""The job that deletes a file which its owner gave up before submitting it."""

MOST_ROUNDS = 12
"""Messages and answers in one turn; an album with words and what was said after it are seven, so more is a fault."""


class TalkDesk(Protocol):
    """What talking needs at hand."""

    settings: Settings
    vault: Vault
    engine: Engine
    matcher: Matcher
    catalogue: Catalogue
    jurisdiction: Jurisdiction

    def reading(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for looking things up."""
        ...


class EngineAsksOn(RuntimeError):
    """The engine answers every answer with a new query."""


class NeedsTransaction(Exception):
    """What this message leads to is more than a new state: it takes a session."""


@dataclass(slots=True)
class Heard:
    """What one message led to: the new state, the replies, and whether the person is to be forgotten or has left."""

    state: State
    """Where the conversation stands now; whoever asked writes it."""
    replies: list[Reply] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    """What else is to be written with it."""
    erase: bool = False
    gone: bool = False
    language: str = ""
    """What they are spoken to in from now on, where this turn changed it."""


class Talk:
    """One conversation turn: state in, state out, replies to send."""

    def __init__(self, desk: TalkDesk) -> None:
        self._desk = desk

    async def hear(
        self,
        session: AsyncSession | None,
        known: Known,
        incoming: Sequence[Incoming],
        *,
        cause: str,
        at: datetime,
        is_demo: bool = False,
        findings: dict[str, Finding] | None = None,
        speaks: str = "",
    ) -> Heard:
        """Steps the engine until it asks nothing more. Nothing incoming (an event without meaning) is silence.

        Without a session it only looks, and raises NeedsTransaction where that is not enough. `findings` keeps what was
        judged, so that a message which is heard again for such a reason is not judged again. `speaks` is a platform's
        language tag; it is heeded at the first contact only.
        """
        turn = Heard(known.state)
        if speaks and incoming and turn.state.last_at is None and not turn.state.language_is_chosen:
            turn.state = turn.state.but(language=guessed_from_tag(speaks) or turn.state.language)
        turn.state = turn.state.but(minimal=self._is_minimal(known))
        findings = {} if findings is None else findings
        waiting: list[Incoming] = list(incoming)
        if waiting and album.is_gathering(turn.state) and not isinstance(waiting[0], AlbumPiece | AlbumQuiet):
            # Whoever goes on means their pictures to be there already.
            waiting.insert(0, AlbumQuiet(turn.state.album.name, turn.state.album.count))
        for _ in range(MOST_ROUNDS):
            if not waiting:
                break
            step = self._desk.engine.step(turn.state, waiting.pop(0), at)
            turn.state = step.state
            if any(reply.standing for reply in step.replies):  # one open question, the last
                turn.replies[:] = [reply for reply in turn.replies if not reply.standing]
            turn.replies.extend(step.replies)
            for effect in step.effects:
                answer: Incoming | tuple[Incoming, ...] | None
                if isinstance(effect, Hear):
                    answer = effect.messages
                elif isinstance(effect, JudgeText):
                    answer = Judged(await self._judge(effect.text, findings))
                elif isinstance(effect, SetStyle):
                    continue  # the style lives in the state
                elif isinstance(effect, RecordQuizAnswer):
                    turn.writes.append(_noting(known, effect, at))
                    continue
                elif isinstance(effect, LookUpTips) and session is None and effect.passphrase is None:
                    async with self._desk.reading() as looking:
                        answer = await self._look_up(looking, known, effect.receipt)
                elif session is None:
                    raise NeedsTransaction
                else:
                    answer = await self._carry_out(
                        session, known, turn, effect, cause=cause, at=at, is_demo=is_demo
                    )
                if isinstance(answer, tuple):
                    waiting[:0] = answer
                elif answer is not None:
                    waiting.insert(0, answer)
        if waiting:
            raise EngineAsksOn
        if turn.state.language != known.state.language:
            turn.language = turn.state.language.value
        turn.replies[:] = [self._looked_at(reply, known.state, turn.state) for reply in turn.replies]
        return turn

    def _looked_at(self, reply: Reply, before: State, after: State) -> Reply:
        book = self._desk.engine.book
        phone = book.human_phone or book.numbers["government"]
        instead = phrases(after.language, after.style)["human.withheld"].format(phone=phone)
        return without_promises(reply, (before, after), instead)

    async def keep(self, session: AsyncSession, known: Known, heard: Heard, at: datetime) -> None:
        """Writes down in this transaction what a message led to; `known` is locked."""
        for statement, values in self.writes_of(known, heard, at):
            await statement.run(session, values)

    @staticmethod
    def writes_of(known: Known, heard: Heard, at: datetime) -> list[Write]:
        """What a message led to, to be written together; the conversation's new state first."""
        return [contacts.remembering(known, heard.state, at), *heard.writes]

    async def _judge(self, text: str, findings: dict[str, Finding]) -> Finding:
        if text not in findings:
            result = await asyncio.to_thread(self._desk.matcher.match, text)
            findings[text] = as_finding(result, self._desk.catalogue)
        return findings[text]

    async def _carry_out(
        self,
        session: AsyncSession,
        known: Known,
        turn: Heard,
        effect: Effect,
        *,
        cause: str,
        at: datetime,
        is_demo: bool,
    ) -> Incoming | tuple[Incoming, ...] | None:
        match effect:
            case WaitForQuiet():
                await albums.wait_for_quiet(session, known, effect)
            case AddToTip():
                return await albums.add_to_tip(session, known, effect, at)
            case AmendTip():
                return await edits.amend(session, known, effect, at)
            case LookUpTips(receipt, passphrase):
                return await self._look_up(session, known, receipt, passphrase)
            case SubmitTip(draft):
                return await self._submit(session, known, draft, cause=cause, at=at, is_demo=is_demo)
            case JudgePictures(evidence_ids):
                await ask_about_pictures(session, known, evidence_ids, at)
            case CallHuman(words, urgent, evidence_ids):
                request = await help_desk.ask(
                    session, reporter_id=known.reporter_id, words=words, urgent=urgent, at=at
                )
                if evidence_ids:
                    await help_files.add(session, request, evidence_ids, at)
            case ForgetDraft(evidence_ids):
                await _give_up(session, evidence_ids)
            case KeepPictures(evidence_ids) | DropPictures(evidence_ids):
                await _answer_consent(
                    session, known, evidence_ids, send=isinstance(effect, KeepPictures), at=at
                )
            case AnswerNeedMore(receipt, words, evidence_ids):
                try:
                    await intake.supplement(
                        session,
                        reporter_id=known.reporter_id,
                        receipt=receipt,
                        words=words,
                        evidence_ids=evidence_ids,
                        at=at,
                    )
                except Refusal as refused:
                    turn.replies.clear()  # they say that it was passed on
                    return AnswerRefused(refused.code)
            case EraseMe():
                await _give_up(session, await evidence.loose_of(session, known.reporter_id))
                await help_desk.forget(session, known.reporter_id, at)
                turn.erase = True
            case ForgetWhoLeft():
                await _give_up(session, await evidence.loose_of(session, known.reporter_id))
                await help_desk.forget(session, known.reporter_id, at)
                # Whoever has a reward coming stays reachable for it: sealed, and only if they follow again.
                turn.erase = not await track.is_any_open(session, known.reporter_id)
                turn.gone = True
        return None

    def _is_minimal(self, known: Known) -> bool:
        return known.channel == ChannelName.telegram and self._desk.settings.telegram.minimal

    async def _look_up(
        self, session: AsyncSession, known: Known, receipt: str | None, passphrase: str | None = None
    ) -> TipsFound:
        if receipt is None:
            cards = await receipts.of_reporter(session, known.reporter_id)
        else:
            canonical = read_receipt(receipt)
            cards = []
            if canonical:
                shown = bool(passphrase) and await passphrases.opens(
                    session, self._desk.vault, canonical, passphrase or ""
                )
                cards = await receipts.by_receipt(session, canonical, known.reporter_id, shown=shown)
        return TipsFound(tuple(as_card(card) for card in cards))

    async def _submit(
        self, session: AsyncSession, known: Known, draft: Draft, *, cause: str, at: datetime, is_demo: bool
    ) -> Submitted | NotSubmitted:
        submission = Submission(
            reporter_id=known.reporter_id,
            channel=known.channel,
            kind=draft.kind,
            submission_key=sha256_hex(f"{known.contact_id}|{cause}".encode()),
            words=draft.words,
            evidence_ids=draft.evidence_ids,
            place_text=draft.place_text,
            latitude=draft.latitude,
            longitude=draft.longitude,
            medium=draft.medium,
            seen_when=draft.seen_when,
            paid=draft.paid,
            amount_band=draft.amount_band or "",
            scheme_hint=draft.scheme_hint,
            jurisdiction=self._desk.jurisdiction.id,
            is_demo=is_demo,
            edits=draft.edits,
            scene=known.state.scene,
        )
        try:
            tip = await intake.submit(session, submission, at)
        except Refusal as refused:
            return NotSubmitted(refused.code)
        if draft.evidence_ids:
            await ask_about_pictures(session, known, draft.evidence_ids, at)
        if not self._is_minimal(known) or await passphrases.is_made(session, tip.id):
            return Submitted(tip.receipt)
        return Submitted(tip.receipt, await passphrases.make(session, self._desk.vault, tip.id, at))


def _noting(known: Known, answered: RecordQuizAnswer, at: datetime) -> Write:
    return noting(
        learner_id=known.contact_id,
        question_code=answered.question_code,
        chosen=answered.chosen,
        right=answered.right,
        at=at,
    )


async def _answer_consent(
    session: AsyncSession, known: Known, evidence_ids: Iterable[str], *, send: bool, at: datetime
) -> None:
    """A kept picture counts in its tip from now on; a refused one is forgotten by a job, and its tip judged without it."""
    for evidence_id in sorted(evidence_ids):
        row = await evidence.answer_consent(
            session, evidence_id, reporter_id=known.reporter_id, send=send, at=at
        )
        if row is None:
            continue
        if not send:
            await enqueue(session, FORGET_EVIDENCE, row.id, once="refused")
        if row.tip_id is not None:
            await enqueue(session, SCREEN, row.tip_id, once=f"{row.id}:answer")


async def _give_up(session: AsyncSession, evidence_ids: Iterable[str]) -> None:
    for evidence_id in evidence_ids:
        await enqueue(session, FORGET_EVIDENCE, evidence_id)


def as_card(card: receipts.TipCard) -> TipCard:
    """A tip as the conversation words it."""
    return TipCard(
        receipt=card.receipt,
        state=card.state.value,
        submitted_on=card.submitted_at.astimezone(CHINA).date(),
        asked=card.asked or None,
        result=card.result.value if card.result is not None else "",
        reward=card.reward.value if card.reward is not None else "",
        claim_until=card.claim_until,
        claim_days=card.claim_days,
        counted=card.counted.value if card.counted is not None else "",
    )
