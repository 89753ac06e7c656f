"""A button, or what amounts to one: the options of the open question, those that mean the same everywhere, and leafing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from bot.conversation import asides
from bot.conversation.asides import dialogue_of, understood
from bot.conversation.dialogues import (
    ask,
    human,
    leaving,
    menu,
    my_tips,
    private,
    quiz,
    report,
    urgent,
    warnings,
)
from bot.conversation.effects import SetStyle
from bot.conversation.fitting import MORE
from bot.conversation.languages import NAMES, Language
from bot.conversation.replies import Choice
from bot.conversation.state import Held, State, Style
from bot.conversation.turn import Step, Turn

OPENERS: Final[Mapping[str, Callable[[Turn, State], Step]]] = MappingProxyType(
    {
        "menu": menu.show,
        "help": menu.help_text,
        "privacy": menu.privacy,
        "erase": leaving.ask_to_erase,
        "report": report.begin,
        "resume": report.resume,
        "ask": ask.open_,
        "again": ask.open_,
        "tip": ask.make_tip,
        "tips": my_tips.open_,
        "quiz": quiz.open_,
        "warnings": warnings.open_,
    }
)
"""Every option that opens something, wherever it is pressed; also the event keys of a channel's menu."""

OPTIONS_EVERYWHERE: Final = frozenset({*OPENERS, "human", "big", "ordinary", "words", "paid"})
"""What a channel's own menu may offer."""


def pressed(turn: Turn, state: State, option: str, as_shown: str = "") -> Step:
    """A button or what amounts to one. Old buttons are met kindly; `as_shown` tells those of another question."""
    now = next((one for one in (*state.offered, *state.held.choices) if one.key == option), None)
    option = now.id if now else option
    if option == MORE and (state.held.pages or state.held.choices):
        return _more(turn, understood(state))
    if option in (private.KEEP, private.DROP):
        return _answered_private(turn, understood(state), option)
    if now and as_shown in ("", now.mark):
        step = dialogue_of(state).chose(turn, understood(state), option)
        if step is not None:
            return step
    step = everywhere(turn, understood(state), option)
    if step is not None:
        return step
    return asides.ask_again(turn, state, turn.say("stale"))


def _answered_private(turn: Turn, state: State, option: str) -> Step:
    """The answer, and then what was being done, in one message."""
    step = private.chose(turn, state, option)
    if step is None:
        return asides.ask_again(turn, state, turn.say("stale"))
    again = asides.ask_again(turn, step.state, step.replies[0].text)
    return replace(again, effects=step.effects)


def everywhere(turn: Turn, state: State, option: str) -> Step | None:
    """Options that mean the same wherever they are pressed."""
    match option:
        case "back" | "go_back":
            return back(turn, state)
        case "human":
            return human.call(turn, state)
        case "big" | "ordinary":
            return _restyled(turn, state, Style(option))
        case "language":
            offered = tuple(Choice(f"language.{one.lower()}", name) for one, name in NAMES.items())
            return Step(state, (turn.ask(turn.say("language.ask"), offered),))
        case "words":
            step = report.begin(turn, state)
            return step if step.state.step == "which" else report.chose(turn, step.state, "no_photo")
        case "paid":
            return urgent.stop_loss(turn, state, turn.say("label.paid"))
    if option.startswith("language."):
        chosen = next((one for one in Language if option == f"language.{one.lower()}"), None)
        return _spoken_to(turn, state, chosen) if chosen else None
    opener = OPENERS.get(option)
    return opener(turn, state) if opener else None


def back(turn: Turn, state: State) -> Step:
    """To where they were before: the question of the dialogue that was put aside, the question before, or the menu."""
    if state.dialogue == private.NAME:
        return asides.ask_again(turn, understood(private.put_off(state)))
    state = understood(state)
    if state.dialogue == human.NAME and state.paused and state.paused.dialogue != human.NAME:
        state = state.standing_at(state.paused.dialogue, state.paused.step).but(paused=None)
        return asides.ask_again(turn, state)
    return dialogue_of(state).back(turn, state) or menu.show(turn, state)


def _restyled(turn: Turn, state: State, style: Style) -> Step:
    is_big_already = style is Style.BIG and state.style is Style.BIG
    state = state.but(style=style, held=Held())
    turn = turn.again(state)
    said = turn.say("style.already_big" if is_big_already else f"style.now_{style.value}")
    step = asides.beside(turn, state, said)
    return replace(step, effects=(SetStyle(style),))


def _spoken_to(turn: Turn, state: State, language: Language) -> Step:
    state = state.but(language=language, language_is_chosen=True, held=Held())
    turn = turn.again(state)
    return asides.ask_again(turn, state, turn.say("language.now"))


def _more(turn: Turn, state: State) -> Step:
    """The next page of a long text, or the further options."""
    held = state.held
    if held.pages:
        reply = turn.ask(held.pages[0], held.choices)
        if len(held.pages) > 1:
            left = Held(held.pages[1:], held.choices)
            return Step(state.but(held=left), (replace(reply, choices=(turn.choice(MORE, "label.more"),)),))
        return Step(state.but(held=Held()), (reply,))
    return Step(state.but(held=Held()), (turn.ask(turn.say("more_options"), held.choices),))
