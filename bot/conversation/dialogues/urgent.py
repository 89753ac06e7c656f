"""What comes before everything else: money that is gone, and a life in danger."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.conversation import understanding
from bot.conversation.dialogues import ask, human, my_tips, report
from bot.conversation.effects import CallHuman
from bot.conversation.state import Paused, State
from bot.conversation.turn import Step, Turn

_SAID_LATELY: Final = timedelta(minutes=30)
_PLAIN_STATEMENT: Final = 14
"""Characters up to which “我已经转钱了” is said for its own sake, and is answered however lately it was."""


def is_due(turn: Turn, state: State, text: str) -> bool:
    """Whether stop-loss is to be said now: always for the plain statement, and not at every mention of it."""
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
    state = state.but(despair_at=turn.at)
    if state.dialogue != human.NAME:
        paused = Paused(state.dialogue, state.step)
        state = state.standing_at(human.NAME, "passed_on").but(paused=paused)
    reply = turn.ask(said, (turn.choice("go_back"),), urgent=True)
    return Step(state, (replace(reply, wants="words"),), (CallHuman(text.strip(), urgent=True),))
