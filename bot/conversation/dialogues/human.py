"""人工: puts the citizen's words before an officer, and gives the way back to what was being done."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.conversation.dialogues import menu, report
from bot.conversation.effects import CallHuman
from bot.conversation.messages import SentMedia, SentPlace
from bot.conversation.replies import Reply
from bot.conversation.state import MOST_MEDIA, Draft, Paused, State
from bot.conversation.turn import CHINA, Dialogue, Step, Turn

NAME = "human"
_NOON: Final = 12
_FEARED_FOR: Final = timedelta(hours=2)
"""From a cry of despair on: whatever comes goes to the officers, as urgent."""


def call(turn: Turn, state: State, words: str = "") -> Step:
    """Calls an officer once; a second “9” only says again how it stands."""
    if state.dialogue == NAME:
        return Step(state, (question(turn, state),))
    paused = Paused(state.dialogue, state.step)
    state = state.standing_at(NAME, "open").but(paused=paused, handed=())
    return Step(state, (question(turn, state),), (CallHuman(words),))


def question(turn: Turn, state: State) -> Reply:
    if turn.book.is_human_there(turn.at):
        text = turn.say("human.called", hours=menu.hours(turn), phone=menu.phone(turn))
    else:
        text = turn.say("human.called_closed", closed=_closed(turn), back=_back(turn))
    return turn.ask(text, (turn.choice("go_back"),), wants="words")


def _closed(turn: Turn) -> str:
    """Why nobody is there."""
    chinese, english = turn.book.day_off(turn.today)
    if not chinese:
        return turn.say("human.closed")
    return turn.say("human.closed_holiday", holiday=english if turn.speaks_english else turn.chinese(chinese))


def _back(turn: Turn) -> str:
    """When somebody is there again; the hours as they are announced where that is not known."""
    back = turn.book.human_is_back(turn.at)
    if back is None:
        return menu.hours(turn)
    there = back.astimezone(CHINA)
    days = (there.date() - turn.today).days
    key = {0: "human.back_today", 1: "human.back_tomorrow"}.get(days, "human.back_on")
    return turn.say(key, time=_clock(turn, there), month=turn.month(there), day=there.day)


def _clock(turn: Turn, at: datetime) -> str:
    """The time as people say it."""
    minutes = ""
    if at.minute:
        minutes = f":{at.minute:02}" if turn.speaks_english else f"{at.minute}分"
    key = "human.morning" if at.hour < _NOON else "human.afternoon"
    return turn.say(key, hour=(at.hour - 1) % _NOON + 1, minutes=minutes)


def hint(turn: Turn, state: State) -> str:
    return turn.say("hint.human")


def open_ended(state: State) -> bool:
    return True


def said(turn: Turn, state: State, text: str) -> Step:
    again = state.step == "passed_on"
    text_back = turn.say("human.passed_on_more" if again else "human.passed_on", hours=menu.hours(turn))
    reply = turn.ask(text_back, (turn.choice("go_back"),), wants="words")
    call = CallHuman(text.strip(), urgent=is_feared_for(turn, state))
    return Step(state.standing_at(NAME, "passed_on"), (reply,), (call,))


def is_feared_for(turn: Turn, state: State) -> bool:
    """Whether they spoke of ending their life not long ago."""
    return state.despair_at is not None and turn.at - state.despair_at < _FEARED_FOR


def in_words(turn: Turn, place: SentPlace) -> str:
    """A position as officers read it."""
    return turn.noted(
        "human.place",
        label=place.label.strip(),
        latitude=f"{place.latitude:.6f}",
        longitude=f"{place.longitude:.6f}",
    )


def sent_place(turn: Turn, state: State, place: SentPlace) -> Step:
    return said(turn, state, in_words(turn, place))


def sent_media(turn: Turn, state: State, media: SentMedia) -> Step:
    """A file for the officer: they get it beside the words, and one tap makes it a report too."""
    handed = tuple(dict.fromkeys((*state.handed, *media.evidence_ids)))[-MOST_MEDIA:]
    state = state.standing_at(NAME, "passed_on").but(handed=handed)
    key = "human.picture_passed_on" if media.kind == "picture" else "human.file_passed_on"
    options = (turn.choice("go_back"), turn.choice("report", "label.report_too"))
    told = turn.noted("human.sent_media", kind=turn.noted(f"human.kind_{media.kind}"))
    call = CallHuman(told, evidence_ids=media.evidence_ids)
    return Step(state, (turn.ask(turn.say(key), options, wants="words"),), (call,))


def chose(turn: Turn, state: State, option: str) -> Step | None:
    if option != "report" or not state.handed:
        return None
    return report.begin(turn, menu.idle(state).but(handed=()), Draft(evidence_ids=state.handed))


def files_taken(turn: Turn, state: State, receipt: str, *, opened: bool) -> Step:
    """What an officer made of the files that were sent to them."""
    key = "human.files_opened" if opened else "human.files_taken"
    handed = state.handed if state.dialogue == NAME else ()
    return Step(state.but(handed=handed), (turn.tell(turn.say(key, receipt=receipt)),))


def answered(turn: Turn, state: State, text: str, picture: str = "") -> Step:
    """An officer's words, or the picture that follows them. Whoever still talks to the officer can answer; nobody else is disturbed in what
    they do."""
    said_by_officer = turn.say("human.answered", text=text)
    if picture:
        return Step(state, (replace(turn.tell(turn.say("human.sent_picture")), picture=picture),))
    if not text.strip():
        said_by_officer = turn.say("human.withheld", phone=menu.phone(turn))
    if state.dialogue == NAME:
        return Step(state, (turn.ask(said_by_officer, (turn.choice("go_back"),), wants="words"),))
    return Step(state, (turn.tell(f"{said_by_officer}\n{turn.say('human.answer_back')}"),))


DIALOGUE = Dialogue(
    NAME,
    question,
    hint,
    open_ended=open_ended,
    chose=chose,
    said=said,
    sent_media=sent_media,
    sent_place=sent_place,
)
