"""What comes before everything else: money that is gone, and a life in danger."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.conversation import understanding
from bot.conversation.dialogues import ask, human, my_tips, report
from bot.conversation.effects import CallHuman
from bot.conversation.messages import SentMedia, SentPlace
from bot.conversation.state import MOST_MEDIA, Paused, State
from bot.conversation.turn import Step, Turn

_SAID_LATELY: Final = timedelta(minutes=30)
_PLAIN_STATEMENT: Final = 14
"""Characters up to which “我已经转钱了” is said for its own sake, and is answered however lately it was."""


def is_due(turn: Turn, state: State, text: str) -> bool:
    """Whether stop-loss is to be said now: always for the plain statement, and not at every mention of it."""
    if state.stop_loss_at == turn.at:
        return False  # said just now, of the same words
    lately = state.stop_loss_at is not None and turn.at - state.stop_loss_at < _SAID_LATELY
    if lately and state.dialogue == ask.NAME and state.step == "paid":
        return False  # it stands right above, and what follows are the details
    return not lately or understanding.size(understanding.plain(text)) <= _PLAIN_STATEMENT


def stop_loss(turn: Turn, state: State, text: str) -> Step:
    """110 and 96110 first, and what to keep; then whatever was being done goes on."""
    state = state.but(stop_loss_at=turn.at)
    first = turn.tell(turn.say("urgent.stop_loss"), urgent=True)
    step: Step | None = None
    if state.dialogue == report.NAME and state.step != "which":
        step = report.heard_paid(turn, state, text)
    elif state.dialogue == my_tips.NAME and state.step == "answer":
        step = my_tips.said(turn, state, text)
    elif state.dialogue == human.NAME:
        step = human.said(turn, state, text)
    if step is not None:
        return Step(step.state, (first, *step.replies), step.effects)
    finding = state.asked.finding if state.dialogue == ask.NAME else None
    state = ask.after_stop_loss(turn, state, text)
    lines = [turn.say("urgent.stop_loss")]
    if finding and finding.advice_if_paid and not turn.big:
        lines.append(turn.say("urgent.scheme_steps", steps=turn.listed(turn.steps(finding, paid=True))))
    return Step(state, (turn.ask("\n".join(lines), ask.question(turn, state).choices, urgent=True),))


def despair(turn: Turn, state: State, text: str) -> Step:
    """Calm words, 110 and 120, and an officer who is told at once. What they say next goes to the officer too, as after
    “9”; what was being done waits, and “0” leads back to it."""
    lately = state.despair_at is not None and turn.at - state.despair_at < _SAID_LATELY
    said = turn.say("urgent.despair_again" if lately else "urgent.despair")
    return _to_officers(turn, state.but(despair_at=turn.at), said, text.strip())


is_feared_for: Final = human.is_feared_for


def sent_place(turn: Turn, state: State, place: SentPlace) -> Step:
    """Where somebody is who spoke of ending their life: to the officers at once."""
    return _to_officers(turn, state, turn.say("urgent.place"), human.in_words(turn, place))


def sent_media(turn: Turn, state: State, media: SentMedia) -> Step:
    """A picture or a voice message after a cry: the officers get it, and words are asked for, since nobody sees or hears it
    at once. It waits with the loose ones."""
    loose = state.loose
    ids = tuple(dict.fromkeys((*loose.evidence_ids, *media.evidence_ids)))[:MOST_MEDIA]
    pictures = (*loose.pictures, *(media.evidence_ids if media.kind == "picture" else ()))
    state = state.but(
        loose=replace(loose, evidence_ids=ids, pictures=tuple(dict.fromkeys(pictures))[:MOST_MEDIA])
    )
    told = turn.noted("human.sent_media", kind=turn.noted(f"human.kind_{media.kind}"))
    return _to_officers(turn, state, turn.say("urgent.media"), told, media.evidence_ids)


def _to_officers(turn: Turn, state: State, said: str, words: str, evidence_ids: tuple[str, ...] = ()) -> Step:
    """The words before an officer, as urgent; what was being done waits, and “0” leads back to it."""
    if state.dialogue != human.NAME:
        state = state.but(paused=Paused(state.dialogue, state.step))
    reply = turn.ask(said, (turn.choice("go_back"),), urgent=True)
    state = state.standing_at(human.NAME, "passed_on")
    return Step(
        state, (replace(reply, wants="words"),), (CallHuman(words, urgent=True, evidence_ids=evidence_ids),)
    )
