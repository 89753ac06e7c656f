"""The questions of a report, as they are put to the citizen, and the read-back."""

from typing import Final

from bot.conversation import told
from bot.conversation.own_notes import read_back
from bot.conversation.replies import Choice, Reply
from bot.conversation.state import Draft, State
from bot.conversation.turn import Turn

TOPICS: Final = {
    "topic.anti_collection": "anti_collection",
    "topic.credit_repair": "credit_repair",
    "topic.high_return": "ifr_wealth",
    "topic.other": None,
}
"""What a report by words is about, and the scheme it hints at."""

EDITS: Final = {"edit.media": "photo", "edit.place": "place", "edit.medium": "medium", "edit.words": "words"}
"""What can be corrected at the read-back, and the question that is asked again."""

_READ_BACK: Final = 100
"""Characters of words and place that are read back; the rest is kept all the same."""
_READ_BACK_BIG: Final = 14
_SUMMARISED: Final = 12
SHORTENED_TO: Final = (_READ_BACK, _READ_BACK_BIG, _SUMMARISED, 40)
"""Every length to which the citizen's own words are cut when they are read back."""


def question(turn: Turn, state: State) -> Reply:
    """The question of the step that the report stands at."""
    draft = state.draft or Draft()
    match state.step:
        case "which":
            return _ask_which(turn, state, draft)
        case "place":
            places = (turn.choice("online"), turn.choice("place.unknown"))
            return turn.ask(turn.say("report.ask_place"), places, wants="place")
        case "medium":
            return turn.ask(turn.say("report.ask_medium"), _mediums(turn, draft))
        case "words" | "what":
            return _ask_words(turn, state, draft)
        case "topic":
            return turn.ask(
                turn.say("report.ask_topic"), tuple(turn.choice(topic) for topic in TOPICS), wants="words"
            )
        case "paid":
            options = (turn.choice("paid.no"), turn.choice("paid.yes"), turn.choice("paid.unknown"))
            return turn.ask(turn.say("report.ask_paid"), options)
        case "confirm":
            return turn.ask(_read_back(turn, draft), (turn.choice("submit"), turn.choice("edit")))
        case "edit":
            return turn.ask(turn.say("report.ask_edit"), _edits(turn, draft))
        case "refused":
            return turn.ask(
                turn.say("report.not_submitted"), (turn.choice("submit_again"), turn.choice("keep"))
            )
        case _:
            return _ask_photo(turn, draft)


def _ask_photo(turn: Turn, draft: Draft) -> Reply:
    if draft.evidence_ids:
        options = (turn.choice("done", "label.enough_media"), turn.choice("redo"))
        return turn.ask(turn.say("report.has_media", count=len(draft.evidence_ids)), options, wants="picture")
    return turn.ask(turn.say("report.ask_photo"), (turn.choice("no_photo"),), wants="picture")


def _ask_which(turn: Turn, state: State, draft: Draft) -> Reply:
    first = "merge" if state.report.waiting else "resume"
    text = turn.say("report.ask_which", summary=_summary(turn, draft))
    return turn.ask(text, (turn.choice(first), turn.choice("fresh")))


def _ask_words(turn: Turn, state: State, draft: Draft) -> Reply:
    if state.report.replacing_words:
        return turn.ask(
            turn.say("report.ask_new_words"), (turn.choice("done", "label.keep_words"),), wants="words"
        )
    if draft.words:
        return turn.ask(
            turn.say("report.words_kept"), (turn.choice("done", "label.said_all"),), wants="words"
        )
    if state.step == "what":
        return turn.ask(turn.say("report.ask_what"), wants="words")
    return turn.ask(turn.say("report.ask_words"), (turn.choice("done", "label.no_words"),), wants="words")


def _mediums(turn: Turn, draft: Draft) -> tuple[Choice, ...]:
    asked = [medium for medium in turn.book.mediums if medium.asked]
    if draft.place_text == turn.noted("report.place_online"):
        asked = [medium for medium in asked if medium.online or medium.code == "other"] or asked
    return tuple(Choice(f"medium.{medium.code}", medium.label) for medium in asked)


def _edits(turn: Turn, draft: Draft) -> tuple[Choice, ...]:
    ids = [*EDITS, "edit.paid"] if draft.kind == "words" else list(EDITS)
    return tuple(turn.choice(option) for option in ids)


def _read_back(turn: Turn, draft: Draft) -> str:
    limit = _READ_BACK_BIG if turn.big else _READ_BACK
    medium = turn.book.medium(draft.medium)
    lines = [turn.say("report.readback_head")]
    if draft.evidence_ids:
        lines.append(turn.say("report.readback_media", count=len(draft.evidence_ids)))
    lines.append(turn.say("report.readback_place", place=short(place_of(turn, draft), limit)))
    if medium:
        lines.append(turn.say("report.readback_medium", medium=medium.label))
    if draft.words:
        lines.append(turn.say("report.readback_words", words=short(_words_of(turn, draft), limit)))
    if draft.paid != "unknown":
        lines.append(turn.say(f"report.readback_paid_{draft.paid}"))
    if not draft.evidence_ids and not told.has_contact(draft.words):
        lines.append(turn.say("report.readback_thin"))
    lines.append(turn.say("report.readback_end"))
    return "\n".join(filter(None, lines))


def place_of(turn: Turn, draft: Draft) -> str:
    if draft.place_text == turn.noted("report.place_online"):
        return turn.say("report.place_online")
    if draft.place_text:
        return read_back(draft.place_text, turn.language)
    return turn.say("report.place_pinned") if draft.latitude is not None else turn.say("report.place_none")


def _words_of(turn: Turn, draft: Draft) -> str:
    return read_back(draft.words, turn.language)


def _summary(turn: Turn, draft: Draft) -> str:
    parts = [turn.say("report.summary_media", count=len(draft.evidence_ids))] if draft.evidence_ids else []
    place = place_of(turn, draft) if draft.place_text else ""
    parts += [short(part, _SUMMARISED) for part in (place, _words_of(turn, draft)) if part]
    return turn.say("list.comma").join(parts[:2])


def short(text: str, limit: int) -> str:
    """One line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def hint(turn: Turn, state: State) -> str:
    """How to answer it."""
    return turn.words.get(f"hint.report.{state.step}", turn.words["hint.report"]).format(**turn.book.numbers)


def open_ended(state: State) -> bool:
    """Whether it wants words."""
    return state.step in ("photo", "place", "words", "what", "topic")
