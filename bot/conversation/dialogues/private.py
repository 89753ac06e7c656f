"""A picture looks like an identity card, a bank card or a face: shall it be sent all the same?

The question comes in the middle of anything, when a picture was read. Whoever answers something else instead goes on
with what they were doing; the question is put again before the picture becomes part of a tip, and its buttons stay good.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.conversation.dialogues import menu
from bot.conversation.effects import DropPictures, Effect, KeepPictures
from bot.conversation.messages import PictureIsPrivate
from bot.conversation.replies import Reply
from bot.conversation.state import Draft, Private, State
from bot.conversation.turn import Dialogue, Step, Turn

NAME = "private"
KEEP: Final = "private.keep"
DROP: Final = "private.drop"

ANSWER_WITHIN: Final = timedelta(hours=24)
"""After that the officers see the picture of a submitted tip: `reports.evidence.WITHHELD_FOR`."""


def ask(turn: Turn, state: State, message: PictureIsPrivate) -> Step:
    """Puts the question; one that is still open takes the new pictures in."""
    before = state.private
    ids = tuple(dict.fromkeys((*before.evidence_ids, *message.evidence_ids)))
    kind = message.kind if before.kind in ("", message.kind) else "several"
    private = replace(
        before,
        evidence_ids=ids,
        kind=kind,
        asked_at=min(before.asked_at or message.asked_at, message.asked_at),
    )
    return put(turn, state.but(private=private))


def put(turn: Turn, state: State) -> Step:
    """The question, with the way back to where the citizen stands now."""
    if state.dialogue != NAME:
        state = state.but(private=replace(state.private, dialogue=state.dialogue, step=state.step))
    state = state.standing_at(NAME)
    return Step(state, (question(turn, state),))


def question(turn: Turn, state: State) -> Reply:
    text = turn.say(f"private.{state.private.kind or 'several'}", count=len(state.private.evidence_ids))
    return turn.ask(f"{text}\n{turn.say('private.ask')}", (turn.choice(DROP), turn.choice(KEEP)))


def hint(turn: Turn, state: State) -> str:
    return turn.say("hint.private")


def open_ended(state: State) -> bool:
    return True


def put_off(state: State) -> State:
    """Back to what was being done; the question stays open."""
    return state.standing_at(state.private.dialogue, state.private.step)


def is_open_for(state: State, evidence_ids: tuple[str, ...]) -> bool:
    """Whether one of these pictures still awaits its answer."""
    return bool(set(evidence_ids) & set(state.private.evidence_ids))


def chose(turn: Turn, state: State, option: str) -> Step | None:
    """The answer, also to a question that was put off."""
    ids = state.private.evidence_ids
    if option not in (KEEP, DROP) or not ids:
        return None
    if state.dialogue == NAME:
        state = put_off(state)
    asked_at, drafted = state.private.asked_at, state.draft.evidence_ids if state.draft else ()
    late = asked_at is not None and turn.at - asked_at >= ANSWER_WITHIN
    state = state.but(private=Private())
    effect: Effect
    if option == KEEP:
        effect, text = KeepPictures(ids), turn.say("private.kept")
    elif late and not set(ids) <= set(drafted):
        return Step(state, (turn.tell(turn.say("private.too_late")),))
    else:
        state, effect, text = _without(state, ids), DropPictures(ids), turn.say("private.dropped")
    return Step(state, (turn.tell(text),), (effect,))


def _without(state: State, ids: tuple[str, ...]) -> State:
    """The state with these pictures gone from whatever they were collected for."""

    def left(collected: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in collected if one not in ids)

    def thinned(draft: Draft | None) -> Draft | None:
        return replace(draft, evidence_ids=left(draft.evidence_ids)) if draft else None

    loose = replace(
        state.loose, evidence_ids=left(state.loose.evidence_ids), pictures=left(state.loose.pictures)
    )
    state = state.but(
        draft=thinned(state.draft),
        report=replace(state.report, waiting=thinned(state.report.waiting)),
        loose=loose,
        asked=replace(state.asked, evidence_ids=left(state.asked.evidence_ids)),
        tips=replace(state.tips, evidence_ids=left(state.tips.evidence_ids)),
        album=replace(
            state.album, pieces=tuple(piece for piece in state.album.pieces if piece[0] not in ids)
        ),
    )
    nothing_loose = state.dialogue == "loose" and not loose.evidence_ids
    return menu.idle(state) if nothing_loose else state


def back(turn: Turn, state: State) -> Step | None:
    """Neither yes nor no: the question stays open, and what was being done goes on."""
    return None


DIALOGUE = Dialogue(NAME, question, hint, open_ended=open_ended, chose=chose, back=back)
