"""What is said beside the open question, which stays open: a sentence, a hint, that something was not understood."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.conversation.dialogues import (
    ask,
    human,
    leaving,
    loose_media,
    menu,
    my_tips,
    private,
    quiz,
    report,
    warnings,
)
from bot.conversation.fitting import LIMITS
from bot.conversation.state import State
from bot.conversation.turn import Dialogue, Step, Turn

DIALOGUES: Final[Mapping[str, Dialogue]] = MappingProxyType(
    {
        module.DIALOGUE.name: module.DIALOGUE
        for module in (menu, report, ask, loose_media, my_tips, quiz, warnings, human, leaving, private)
    }
)

_OFFER_HELP_AT: Final = 2
"""Misunderstandings in a row after which a person and 大字版 are offered."""


def dialogue_of(state: State) -> Dialogue:
    """The open dialogue; the menu where none is."""
    return DIALOGUES.get(state.dialogue, menu.DIALOGUE)


def below(state: State) -> State:
    """What the citizen was doing when it was asked whether to send a private picture; that question waits."""
    return private.put_off(state) if state.dialogue == private.NAME else state


def understood(state: State) -> State:
    """The state of somebody who was understood: what went amiss before counts no more."""
    return state.but(misses=0) if state.misses else state


def ask_again(turn: Turn, state: State, text: str = "") -> Step:
    """The open question once more, after a sentence. Nothing is lost."""
    return Step(state, (dialogue_of(state).question(turn, state).after(text),))


def hint(turn: Turn, state: State) -> Step:
    """What can be answered to the open question; at rest, what can be done here at all."""
    if not state.dialogue:
        return menu.help_text(turn, state)
    return beside(turn, understood(state), dialogue_of(state).hint(turn, state))


def beside(turn: Turn, state: State, text: str) -> Step:
    """A sentence and the open question; where the style has no room for both, the sentence over the question's
    options. The question stands right above, and “回 1” must mean its first option and not the next page."""
    asked = dialogue_of(state).question(turn, state)
    if len(text) + 1 + len(asked.text) > LIMITS[state.style].characters:
        return Step(state, (replace(asked, text=text),))
    return Step(state, (asked.after(text),))


def missed(turn: Turn, state: State) -> Step:
    """Said kindly once; after that a person is offered, and 大字版 to whoever has not got it."""
    misses = state.misses + 1
    state = state.but(misses=misses)
    if misses < _OFFER_HELP_AT:
        has_numbers = bool(dialogue_of(state).question(turn, state).choices)
        return beside(turn, state, turn.say("missed.once" if has_numbers else "missed.once_in_words"))
    step = beside(turn, state, turn.say("missed.again", phone=menu.phone(turn)))
    reply = step.replies[-1]
    if turn.big or any(choice.id == "big" for choice in reply.choices):
        return step
    return replace(step, replies=(replace(reply, choices=(*reply.choices, turn.choice("big"))),))
