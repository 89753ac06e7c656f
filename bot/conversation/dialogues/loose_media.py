"""A photo sent out of the blue: to be reported, or to be asked about?"""

from dataclasses import replace

from bot.conversation import understanding, vocabulary
from bot.conversation.dialogues import ask, menu, report
from bot.conversation.messages import SentMedia, SentPlace
from bot.conversation.replies import Reply
from bot.conversation.state import MOST_MEDIA, MOST_WORDS, Draft, LooseMedia, State
from bot.conversation.turn import Dialogue, Step, Turn

NAME = "loose"


def take(turn: Turn, state: State, media: SentMedia) -> Step:
    """Keeps it and asks; further ones (an album comes piece by piece) join."""
    before = state.loose
    ids = tuple(dict.fromkeys((*before.evidence_ids, *media.evidence_ids)))[:MOST_MEDIA]
    new_pictures = media.evidence_ids if media.kind == "picture" else ()
    pictures = tuple(dict.fromkeys((*before.pictures, *new_pictures)))[:MOST_MEDIA]
    state = state.standing_at(NAME).but(loose=LooseMedia(ids, pictures, before.words))
    return Step(state, (question(turn, state),))


def question(turn: Turn, state: State) -> Reply:
    loose = state.loose
    only_pictures = len(loose.pictures) == len(loose.evidence_ids)
    text = turn.say("loose.pictures" if only_pictures else "loose.media", count=len(loose.evidence_ids))
    options = ["report", "ask"]
    if state.draft and not state.draft.is_empty:
        options.insert(0, "merge")
    return turn.ask(text, tuple(turn.choice(option, f"label.loose_{option}") for option in options))


def hint(turn: Turn, state: State) -> str:
    return turn.say("hint.loose")


def chose(turn: Turn, state: State, option: str) -> Step | None:
    loose = state.loose
    draft = Draft(evidence_ids=loose.evidence_ids, words=loose.words)
    state_after = menu.idle(state)
    match option:
        case "report":
            return report.begin(turn, state_after, draft)
        case "merge":
            waiting = replace(state_after.report, waiting=draft)
            return report.chose(
                turn, state_after.standing_at(report.NAME, "which").but(report=waiting), "merge"
            )
        case "ask":
            return ask.about_media(turn, state_after, loose)
    return None


def said(turn: Turn, state: State, text: str) -> Step | None:
    if understanding.is_saying(understanding.plain(text), (*vocabulary.EXACT["done"], *vocabulary.SKIP)):
        return Step(state, (question(turn, state),))
    words = "\n".join(filter(None, (state.loose.words, text.strip())))[:MOST_WORDS]
    state = state.but(loose=replace(state.loose, words=words))
    return Step(state, (question(turn, state).after(turn.say("loose.noted")),))


def sent_media(turn: Turn, state: State, media: SentMedia) -> Step | None:
    return take(turn, state, media)


def sent_place(turn: Turn, state: State, place: SentPlace) -> Step | None:
    draft = Draft(
        evidence_ids=state.loose.evidence_ids,
        words=state.loose.words,
        place_text=place.label,
        latitude=place.latitude,
        longitude=place.longitude,
    )
    return report.begin(turn, menu.idle(state), draft)


DIALOGUE = Dialogue(
    NAME, question, hint, chose=chose, said=said, sent_media=sent_media, sent_place=sent_place
)
