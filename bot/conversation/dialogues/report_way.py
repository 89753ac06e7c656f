"""The way through a report: which questions it has, which are behind us, and the step to the next or the one before."""

from dataclasses import replace
from typing import Final

from bot.conversation.dialogues.report_online import came_by
from bot.conversation.dialogues.report_questions import question
from bot.conversation.effects import Effect, ForgetDraft
from bot.conversation.state import MOST_MEDIA, Draft, ReportProgress, State
from bot.conversation.turn import Step, Turn

NAME = "report"

PATHS: Final = {
    "photo": ("photo", "place", "medium", "words", "confirm"),
    "words": ("topic", "what", "place", "medium", "paid", "confirm"),
}
"""The questions in order. Six at the most, read-back included."""


def start(turn: Turn, state: State, draft: Draft) -> Step:
    """A new draft, with what it answers by itself behind us."""
    return go_on(turn, state.but(draft=draft, report=ReportProgress(done=known(draft))))


def known(draft: Draft) -> tuple[str, ...]:
    """The questions that the draft answers by itself. Words from before the report are built on, unless they
    were the matter of 问一问."""
    facts = {
        "photo": bool(draft.evidence_ids),
        "topic": bool(draft.words or draft.scheme_hint),
        "what": bool(draft.words and draft.asked_first),
        "words": bool(draft.words and draft.asked_first),
        "place": bool(draft.place_text or draft.latitude is not None),
        "medium": bool(draft.medium),
        "paid": draft.paid != "unknown",
    }
    return tuple(name for name, is_known in facts.items() if is_known)


def go_on(turn: Turn, state: State, text: str = "", *, done: str = "") -> Step:
    """To the first question that is still open."""
    draft = state.draft or Draft()
    behind = dict.fromkeys((*state.report.done, done) if done else state.report.done)
    following = next(name for name in PATHS[draft.kind] if name not in behind)
    if following == "place" and (online := came_by(turn, draft)):
        draft, behind = online, {**behind, "place": None, "medium": None}
        following = next(name for name in PATHS[draft.kind] if name not in behind)
    state = state.standing_at(NAME, following).but(draft=draft, report=ReportProgress(done=tuple(behind)))
    return Step(state, (question(turn, state).after(text),))


def again(turn: Turn, state: State, text: str = "") -> Step:
    """The open question once more, after a sentence."""
    return Step(state, (question(turn, state).after(text),))


def noted(turn: Turn, state: State) -> Step:
    """Words came in; more may follow."""
    reply = question(turn, state)
    several = state.draft is not None and "\n" in state.draft.words
    text = turn.say("report.more_words_again" if several else "report.more_words")
    return Step(state, (replace(reply, text=text),))


def forgetting(draft: Draft | None) -> tuple[Effect, ...]:
    """What gives up the draft's files."""
    return (ForgetDraft(draft.evidence_ids),) if draft and draft.evidence_ids else ()


def with_steps(report: ReportProgress, *steps: str) -> ReportProgress:
    """With these questions behind us."""
    return replace(report, done=tuple(dict.fromkeys((*report.done, *steps))))


def without_steps(report: ReportProgress, *steps: str) -> ReportProgress:
    """With these questions open again."""
    return replace(report, done=tuple(step for step in report.done if step not in steps))


def back(turn: Turn, state: State) -> Step | None:
    """To the question before; None at the first."""
    draft = state.draft or Draft()
    path = PATHS[draft.kind]
    if state.step in state.report.done or state.step in ("edit", "refused"):
        return again(
            turn, state.standing_at(NAME, "confirm").but(report=replace(state.report, replacing_words=False))
        )
    place = path.index(state.step) if state.step in path else 0
    if place == 0 and draft.kind == "words" and state.step == "topic":
        state = state.but(draft=replace(draft, kind="photo"), report=without_steps(state.report, "photo"))
        return again(turn, state.standing_at(NAME, "photo"))
    if place == 0:
        return None
    before = path[place - 1]
    state = state.standing_at(NAME, before).but(report=without_steps(state.report, *path[place - 1 :]))
    return again(turn, state)


def with_media(state: State, evidence_ids: tuple[str, ...]) -> State:
    """The state with these pieces joined to the draft, as many as a tip takes."""
    draft = state.draft or Draft()
    together = tuple(dict.fromkeys((*draft.evidence_ids, *evidence_ids)))
    return state.but(draft=replace(draft, evidence_ids=together[:MOST_MEDIA]))


def at_medium(turn: Turn, state: State, code: str) -> Step:
    """On with the kind of place that the ad was in."""
    return go_on(turn, state.but(draft=replace(state.draft or Draft(), medium=code)), done="medium")
