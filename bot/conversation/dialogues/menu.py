"""No dialogue open: the greeting, the menu, help, hotlines and privacy, all over the same choices."""

from bot.conversation.replies import Choice, Reply
from bot.conversation.state import LooseMedia, ReportProgress, State
from bot.conversation.turn import Dialogue, Step, Turn
from bot.conversation.wording import FIRST

NAME = ""

_FOREMOST = 4
"""Hotlines that 大字版 tells of."""


def idle(state: State) -> State:
    """The state with no dialogue open. Drafts, quiz rounds and what was asked stay."""
    return state.standing_at(NAME).but(loose=LooseMedia(), reading="", paused=None, report=_unedited(state))


def _unedited(state: State) -> ReportProgress:
    return ReportProgress(done=state.report.done)


def choices(turn: Turn, state: State) -> tuple[Choice, ...]:
    """Everything that can be done, an unfinished draft first."""
    unfinished = ("resume",) if state.draft and not state.draft.is_empty else ()
    style = "ordinary" if turn.big else "big"
    ids = (*unfinished, "report", "ask", "tips", "quiz", "warnings", style, "help")
    return tuple(turn.choice(option) for option in ids)


def question(turn: Turn, state: State) -> Reply:
    """The menu."""
    return turn.ask(turn.say("menu.ask"), choices(turn, state))


def show(turn: Turn, state: State, text: str = "") -> Step:
    """The menu, after a sentence if there is one."""
    state = idle(state)
    return Step(state, (question(turn, state).after(text),))


def show_text(turn: Turn, state: State, text: str) -> Step:
    """A text in the menu's place, over the menu's choices."""
    state = idle(state)
    return Step(state, (turn.ask(text, choices(turn, state)),))


def welcome(turn: Turn, state: State) -> Step:
    """For whoever comes in."""
    if state.draft and not state.draft.is_empty:
        return show(turn, state, turn.say("menu.welcome_back"))
    is_guess = not state.language_is_chosen and state.language is not FIRST
    other = turn.say("menu.other_language") if is_guess else ""
    return show_text(turn, state, "\n".join(filter(None, (turn.say("menu.welcome"), other))))


def help_text(turn: Turn, state: State) -> Step:
    """What can be done and how to reach a person."""
    return show_text(turn, state, turn.say("help.text", phone=phone(turn), hours=hours(turn)))


def hotlines(turn: Turn) -> str:
    """The numbers of the book, each with what it is for; in 大字版 the foremost only."""
    lines = [
        turn.say(
            "hotlines.line",
            number=line.number,
            purpose=line.purpose,
            when=turn.say("hotlines.when", when=line.when) if line.when else "",
        )
        for line in turn.book.hotlines[: _FOREMOST if turn.big else None]
    ] or [turn.say("hotlines.fallback")]
    return "\n".join([turn.say("hotlines.head"), *lines])


def privacy(turn: Turn, state: State) -> Step:
    """Who sees what, and how to have it deleted."""
    state = idle(state)
    return Step(state, (turn.ask(turn.say("privacy.text"), (turn.choice("erase"), turn.choice("menu"))),))


def phone(turn: Turn) -> str:
    """The human desk's phone, or the government line where none is given."""
    return turn.book.human_phone or turn.book.numbers["government"]


def hours(turn: Turn) -> str:
    """When somebody sits there."""
    return turn.book.human_hours or turn.say("human.some_hours")


def hint(turn: Turn, state: State) -> str:
    return turn.say("hint.menu")


DIALOGUE = Dialogue(NAME, question, hint)
