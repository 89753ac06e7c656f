"""风险提示: the warnings that are out, to choose from and to read."""

from bot.conversation import understanding, vocabulary
from bot.conversation.dialogues import menu
from bot.conversation.replies import Choice, Reply
from bot.conversation.state import State
from bot.conversation.turn import Dialogue, Step, Turn
from knowledge.warnings.notices import RiskWarning, published

NAME = "warnings"


def open_(turn: Turn, state: State) -> Step:
    """The titles."""
    state = menu.idle(state).standing_at(NAME, "list")
    if not published(turn.book.warnings, turn.today):
        return menu.show(turn, state, turn.say("warnings.none"))
    return Step(state, (question(turn, state),))


def question(turn: Turn, state: State) -> Reply:
    out = published(turn.book.warnings, turn.today)
    open_now = next((warning for warning in out if warning.code == state.reading), None)
    if state.step == "reading" and open_now:
        return _page(turn, open_now)
    return turn.ask(turn.say("warnings.list"), tuple(Choice(f"read.{w.code}", w.title) for w in out))


def _page(turn: Turn, warning: RiskWarning) -> Reply:
    text = turn.say(
        "warnings.page", title=warning.title, body=warning.body.strip(), steps=turn.listed(warning.steps)
    )
    return turn.ask(
        text, (turn.choice("others", "label.other_warnings"), turn.choice("ask"), turn.choice("report"))
    )


def hint(turn: Turn, state: State) -> str:
    return turn.say("hint.warnings")


def chose(turn: Turn, state: State, option: str) -> Step | None:
    if option == "others":
        return open_(turn, state)
    code = option.removeprefix("read.")
    if option.startswith("read.") and any(w.code == code for w in published(turn.book.warnings, turn.today)):
        state = state.standing_at(NAME, "reading").but(reading=code)
        return Step(state, (question(turn, state),))
    return None


def said(turn: Turn, state: State, text: str) -> Step | None:
    """Whoever wants none of them is let go."""
    if understanding.is_saying(understanding.plain(text), (*vocabulary.SKIP, *vocabulary.FINISHED)):
        return menu.show(turn, state, turn.say("ask.acknowledged"))
    return None


def back(turn: Turn, state: State) -> Step | None:
    return open_(turn, state) if state.step == "reading" else None


DIALOGUE = Dialogue(NAME, question, hint, chose=chose, said=said, back=back)
