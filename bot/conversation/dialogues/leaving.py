"""算了: leaving off in the middle, and asking to be forgotten."""

from bot.conversation import understanding, vocabulary
from bot.conversation.dialogues import menu, report
from bot.conversation.effects import EraseMe, ForgetDraft, ForgetWhoLeft
from bot.conversation.replies import Reply
from bot.conversation.state import ReportProgress, State
from bot.conversation.turn import Dialogue, Step, Turn

NAME = "leaving"


def leave(turn: Turn, state: State) -> Step:
    """Stops whatever goes on. Of the draft being written it is asked whether to keep it; saying nothing more
    keeps it. Pictures that were never said to be for anything are given up."""
    reporting, loose = state.dialogue == report.NAME, state.loose.evidence_ids
    state = menu.idle(state)
    if reporting and state.draft and not state.draft.is_empty:
        state = state.standing_at(NAME, "draft")
        return Step(state, (question(turn, state),))
    if state.draft and state.draft.is_empty:
        state = state.but(draft=None, report=ReportProgress())
    step = menu.show(turn, state, turn.say("leaving.left"))
    return Step(step.state, step.replies, (ForgetDraft(loose),) if loose else ())


def ask_to_erase(turn: Turn, state: State) -> Step:
    """Asks once before everything is deleted."""
    state = menu.idle(state).standing_at(NAME, "erase")
    return Step(state, (question(turn, state),))


def question(turn: Turn, state: State) -> Reply:
    if state.step == "erase":
        return turn.ask(turn.say("leaving.ask_erase"), (turn.choice("erase.no"), turn.choice("erase.yes")))
    return turn.ask(turn.say("leaving.ask_draft"), (turn.choice("keep"), turn.choice("drop")))


def hint(turn: Turn, state: State) -> str:
    return turn.say("hint.leaving")


def chose(turn: Turn, state: State, option: str) -> Step | None:
    match option:
        case "keep":
            return menu.show(turn, state, turn.say("leaving.kept"))
        case "drop":
            effects = (
                (ForgetDraft(state.draft.evidence_ids),) if state.draft and state.draft.evidence_ids else ()
            )
            step = menu.show(
                turn, state.but(draft=None, report=ReportProgress()), turn.say("leaving.dropped")
            )
            return Step(step.state, step.replies, effects)
        case "erase.no":
            return menu.show(turn, state, turn.say("leaving.not_erased"))
        case "erase.yes":
            blank = State(
                language=state.language, language_is_chosen=state.language_is_chosen, style=state.style
            )
            return Step(blank, (turn.tell(turn.say("leaving.erased")),), (EraseMe(),))
    return None


def said(turn: Turn, state: State, text: str) -> Step | None:
    """What says neither yes nor no deletes nothing."""
    if understanding.is_saying(understanding.plain(text), (*vocabulary.SKIP, *vocabulary.FINISHED)):
        return chose(turn, state, "erase.no" if state.step == "erase" else "keep")
    return None


def left() -> Step:
    """Whoever unfollowed is told nothing more; drafts, talk and style go."""
    return Step(State(), (), (ForgetWhoLeft(),))


DIALOGUE = Dialogue(NAME, question, hint, chose=chose, said=said)
