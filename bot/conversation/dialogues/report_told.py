"""What words tell in a report: the place, the kind of place, the matter; joined to what was told before."""

from dataclasses import replace
from typing import Final

from bot.conversation import alarms, told, understanding, vocabulary
from bot.conversation.book import Medium
from bot.conversation.dialogues import report_way as way
from bot.conversation.dialogues.report_questions import TOPICS, short
from bot.conversation.state import MOST_WORDS, Draft, Paid, State
from bot.conversation.turn import Step, Turn

_NO_PHOTO: Final = tuple(
    word for word in vocabulary.EXACT["no_photo"] if word not in vocabulary.NO and len(word) > 1
)
"""“没有照片”, said where a place is asked for: no place, and no mistake."""
_NAMED_IN: Final = 20
"""Characters within which the name of a medium that was not offered is taken for the answer."""
_SAME_UTTERANCE: Final = 300
"""Seconds within which a short message still belongs to the place told before it."""


_SAYS_NOTHING: Final = "在的里家一个间我们上那这有是"
"""Characters around a medium that name no place."""
_VAGUE: Final = frozenset({"shop", "other", "website", "acquaintance"})
"""Mediums whose words stand in many place names (“门口”, “商店”): not taken from a place unasked."""


def has_body(text: str) -> bool:
    """Whether it says something at all."""
    return len(understanding.plain(text)) >= 2


def is_small_talk(text: str) -> bool:
    """A yes, a no, a nod, a “done” or a mere “this one” where something is to be told."""
    heard = understanding.plain(text)
    words = (
        *vocabulary.EXACT["submit"],
        *vocabulary.EXACT["edit"],
        *vocabulary.EXACT["done"],
        *vocabulary.ACKNOWLEDGED,
        *vocabulary.VAGUE,
    )
    return understanding.is_saying(heard, words)


def says_no_photo(text: str) -> bool:
    """Whether it only says that there is no photo."""
    return understanding.is_saying(understanding.plain(text), _NO_PHOTO)


def with_words(state: State, draft: Draft, text: str) -> State:
    """The words joined to those before; what they tell of time, money and sums goes with them."""
    words = text if state.report.replacing_words or not draft.words else f"{draft.words}\n{text}"
    paid: Paid = draft.paid
    if alarms.says_paid(text):
        paid = "yes"
    elif paid == "unknown" and alarms.says_not_paid(text):
        paid = "no"
    draft = replace(
        draft,
        words=words[:MOST_WORDS],
        seen_when=draft.seen_when or told.time_in(text),
        paid=paid,
        amount_band=told.amount_band_in(text) or draft.amount_band if paid == "yes" else draft.amount_band,
    )
    return state.but(draft=draft, report=replace(state.report, replacing_words=False))


def topic_hint(draft: Draft, text: str) -> Draft:
    """The draft with the scheme that the words name, where they name one."""
    heard = understanding.plain(text)
    hits = [topic for topic in TOPICS if any(word in heard for word in vocabulary.WITHIN.get(topic, ()))]
    return replace(draft, scheme_hint=draft.scheme_hint or TOPICS[hits[0]]) if len(hits) == 1 else draft


def place_told(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """Words where a place is asked for: a place, the kind of place, or a piece of the story."""
    if not has_body(text) or is_small_talk(text):
        return None
    heard = understanding.plain(text)
    codes = mediums_told(turn, text)
    medium = turn.book.medium(codes[0]) if codes else None
    if medium and medium.online and not told.sounds_like_place(text):
        draft = replace(draft, place_text=turn.noted("report.place_online"), medium=medium.code)
        return way.go_on(
            turn, state.but(draft=draft, report=way.with_steps(state.report, "medium")), done="place"
        )
    if medium and not _is_rather_a_place(medium.code, heard) and names_only(heard, medium):
        state = state.but(
            draft=replace(draft, medium=medium.code), report=way.with_steps(state.report, "medium")
        )
        return way.again(turn, state, turn.say("report.medium_noted", medium=medium.label))
    if told.sounds_like_question(text) and not told.sounds_like_place(text):
        return None
    if says_no_photo(text):
        return way.again(turn, state, turn.say("ask.acknowledged"))
    if told.sounds_like_story(text):
        return way.again(turn, with_words(state, draft, text), turn.say("report.noted"))
    draft = replace(draft, place_text=text.strip()[:200], seen_when=draft.seen_when or told.time_in(text))
    report = state.report
    if medium and not draft.medium and medium.code not in _VAGUE:
        draft, report = replace(draft, medium=medium.code), way.with_steps(report, "medium")
    return way.go_on(turn, state.but(draft=draft, report=report), done="place")


def _is_rather_a_place(code: str, heard: str) -> bool:
    """“学校门口” says where, though “门口” is said of shops too."""
    if code not in _VAGUE:
        return False
    word = max((one for one in vocabulary.MEDIUM_WORDS.get(code, ()) if one in heard), key=len, default="")
    return told.sounds_like_place(heard) and bool(heard.replace(word, "", 1).strip(_SAYS_NOTHING))


def names_only(heard: str, medium: Medium) -> bool:
    """Whether the text names the medium and nothing more than a couple of characters besides."""
    words = (*medium.names, *vocabulary.MEDIUM_WORDS.get(medium.code, ()))
    return any(
        word in heard and len(heard) - len(word) <= 2 for word in (understanding.plain(medium.label), *words)
    )


def mediums_told(turn: Turn, text: str) -> tuple[str, ...]:
    """The kinds of place that the words name, the surest first; what is said not to be one is none."""
    words = {
        medium.code: (*medium.names, *vocabulary.MEDIUM_WORDS.get(medium.code, ()))
        for medium in turn.book.mediums
        if medium.code != "other"
    }
    return told.mediums_in(text, words)


def medium_told(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """Words that are no option: the rest of the place, or a place of its own kind."""
    heard = understanding.plain(text)
    if understanding.is_saying(heard, vocabulary.EXACT["place.unknown"]):
        return way.go_on(turn, state, done="medium")
    told_place = draft.place_text and draft.place_text != turn.noted("report.place_online")
    follows = (
        told_place
        and turn.within(_SAME_UTTERANCE)
        and (told.sounds_like_place(text) or understanding.is_piece_of_a_word(heard))
    )
    body = has_body(text) or follows  # “人民” “路”
    if not body or is_small_talk(text) or told.sounds_like_question(text):
        return None
    named = tuple(code for code in mediums_told(turn, text) if not (follows and code in _VAGUE))
    if named and understanding.size(heard) <= _NAMED_IN:
        return way.at_medium(turn, state.but(draft=draft), named[0])
    if any(sign in heard for sign in vocabulary.CORRECTING):
        return way.back(turn, state)
    elsewhere = told.mediums_in(text, vocabulary.MEDIUM_WORDS) and not told.sounds_like_place(text)
    belongs = told.sounds_like_place(text) or (
        turn.within(_SAME_UTTERANCE) and understanding.size(text.strip()) <= 12
    )
    if told_place and belongs and not elsewhere:
        draft = replace(
            draft,
            place_text=f"{draft.place_text}{' ' if understanding.is_latin(text) else ''}{text.strip()}"[:200],
        )
        note = turn.say("report.place_joined", place=short(draft.place_text, 40))
        return way.again(turn, state.but(draft=draft), note)
    if turn.book.medium("other"):
        is_name = understanding.size(text.strip()) <= _NAMED_IN
        where = turn.noted("report.other_medium", where=text.strip()) if is_name else text.strip()
        state = with_words(state.but(draft=draft), draft, where)
        return way.at_medium(turn, state, "other")
    return None
