"""Reporting, by photo or by words: at most six questions, one at a time, then read back, then the receipt."""

from dataclasses import replace
from typing import Final

from bot.conversation import alarms, told, understanding, vocabulary
from bot.conversation.dialogues import menu, private
from bot.conversation.dialogues.report_questions import EDITS, TOPICS, hint, open_ended, question, short
from bot.conversation.effects import Effect, ForgetDraft, SubmitTip
from bot.conversation.messages import NotSubmitted, SentMedia, SentPlace, Submitted
from bot.conversation.state import MOST_MEDIA, MOST_WORDS, Draft, Paid, ReportProgress, State
from bot.conversation.turn import Dialogue, Step, Turn

NAME = "report"

PATHS: Final = {
    "photo": ("photo", "place", "medium", "words", "confirm"),
    "words": ("topic", "what", "place", "medium", "paid", "confirm"),
}
"""The questions in order. Six at the most, read-back included."""

_NO_PHOTO: Final = tuple(
    word for word in vocabulary.EXACT["no_photo"] if word not in vocabulary.NO and len(word) > 1
)
"""“没有照片”, said where a place is asked for: no place, and no mistake."""
_NAMED_IN: Final = 20
"""Characters within which the name of a medium that was not offered is taken for the answer."""
_SAME_UTTERANCE: Final = 300
"""Seconds within which a short message still belongs to the place told before it."""


# ---- the way through -----------------------------------------------------------------------------


def begin(turn: Turn, state: State, draft: Draft | None = None) -> Step:
    """Opens a report with what is known already. An unfinished one is never pushed out unasked."""
    draft = draft or Draft()
    if state.draft is not None and not state.draft.is_empty:
        waiting = None if draft.is_empty else draft
        state = state.standing_at(NAME, "which").but(report=replace(state.report, waiting=waiting))
        return Step(state, (question(turn, state),))
    return _start(turn, state, draft)


def resume(turn: Turn, state: State) -> Step:
    """Goes on with the unfinished draft, from its first open question."""
    if state.draft is None:
        return begin(turn, state)
    return _go_on(turn, state.but(report=ReportProgress(done=state.report.done)), turn.say("report.resumed"))


def restart(turn: Turn, state: State) -> Step:
    """From the beginning; what was collected is given up."""
    effects = _forgetting(state.draft)
    step = _start(turn, state.but(draft=None), Draft())
    return Step(step.state, (step.replies[0].after(turn.say("report.restarted")),), effects)


def _start(turn: Turn, state: State, draft: Draft) -> Step:
    return _go_on(turn, state.but(draft=draft, report=ReportProgress(done=_known(draft))))


def _known(draft: Draft) -> tuple[str, ...]:
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


def _go_on(turn: Turn, state: State, text: str = "", *, done: str = "") -> Step:
    """To the first question that is still open."""
    draft = state.draft or Draft()
    behind = dict.fromkeys((*state.report.done, done) if done else state.report.done)
    following = next(name for name in PATHS[draft.kind] if name not in behind)
    state = state.standing_at(NAME, following).but(draft=draft, report=ReportProgress(done=tuple(behind)))
    return Step(state, (question(turn, state).after(text),))


def _again(turn: Turn, state: State, text: str = "") -> Step:
    return Step(state, (question(turn, state).after(text),))


def _noted(turn: Turn, state: State) -> Step:
    """Words came in; more may follow."""
    reply = question(turn, state)
    several = state.draft is not None and "\n" in state.draft.words
    text = turn.say("report.more_words_again" if several else "report.more_words")
    return Step(state, (replace(reply, text=text),))


def _forgetting(draft: Draft | None) -> tuple[Effect, ...]:
    return (ForgetDraft(draft.evidence_ids),) if draft and draft.evidence_ids else ()


# ---- the answers ---------------------------------------------------------------------------------


def chose(turn: Turn, state: State, option: str) -> Step | None:
    draft = state.draft or Draft()
    match option:
        case "no_photo":
            draft = replace(draft, kind="words")
            return _go_on(turn, state.but(draft=draft, report=_with(state.report, *_known(draft))))
        case "redo":
            state = state.but(draft=replace(draft, evidence_ids=()), report=_without(state.report, "photo"))
            return Step(state, _again(turn, state).replies, _forgetting(draft))
        case "done":
            return _done(turn, state, draft)
        case "online":
            draft = replace(draft, place_text=turn.noted("report.place_online"))
            return _go_on(turn, state.but(draft=draft), done="place")
        case "place.unknown":
            return _go_on(turn, state, done="place")
        case "paid.no" | "paid.yes" | "paid.unknown":
            return _paid(turn, state, draft, option)
        case "submit" | "submit_again":
            return _submit(turn, state, draft)
        case "edit":
            return _again(turn, state.standing_at(NAME, "edit"))
        case "edit.paid":
            return _again(turn, state.standing_at(NAME, "paid"))
        case "keep":
            return menu.show(turn, state, turn.say("leaving.kept"))
        case "resume":
            return resume(turn, state)
        case "merge":
            return _merge(turn, state, draft)
        case "fresh":
            step = _start(turn, state.but(draft=None), state.report.waiting or Draft())
            return Step(step.state, step.replies, _forgetting(draft))
    if option in EDITS:
        return _edit(turn, state, EDITS[option])
    if option in TOPICS:
        hinted = replace(draft, kind="words", scheme_hint=TOPICS[option])
        return _go_on(turn, state.but(draft=hinted), done="topic")
    code = option.removeprefix("medium.")
    if option.startswith("medium.") and turn.book.medium(code):
        return _go_on(turn, state.but(draft=replace(draft, medium=code)), done="medium")
    return None


def said(turn: Turn, state: State, text: str) -> Step | None:
    draft = state.draft or Draft()
    wants_no_more = understanding.is_saying(understanding.plain(text), vocabulary.ENOUGH)
    if wants_no_more and state.step in PATHS[draft.kind] and (draft.evidence_ids or draft.words):
        return _go_on(turn, state.but(report=_with(state.report, *PATHS[draft.kind][:-1])))
    if (passed := _passed(turn, state, draft, text)) is not None:
        return passed
    match state.step:
        case "place":
            return _place_told(turn, state, draft, text)
        case "medium":
            return _medium_told(turn, state, draft, text)
        case "words" | "what":
            if not draft.words and _is_small_talk(text):
                return None
            hinted = _topic_hint(draft, text) if draft.kind == "words" else draft
            return _noted(turn, _with_words(state, hinted, text))
        case "topic" if _has_body(text) and not _is_small_talk(text):
            state = _with_words(state.standing_at(NAME, "what"), _topic_hint(draft, text), text)
            return _noted(turn, state.but(report=_with(state.report, "topic")))
        case "confirm":
            return _confirm_told(turn, state, draft, text)
        case "which" | "edit" | "refused" | "paid" | "topic":
            return None
        case _ if _is_small_talk(text):
            return None
        case _:
            return (
                _again(turn, _with_words(state, draft, text), turn.say("report.noted"))
                if _has_body(text)
                else None
            )


def _passed(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """Whoever has no answer, or has said all there is, is led on; nothing is handed in by it."""
    heard = understanding.plain(text)
    skips = understanding.is_saying(heard, vocabulary.SKIP)
    if not skips and not understanding.is_saying(heard, vocabulary.FINISHED):
        return None
    match state.step:
        case "photo" if not draft.evidence_ids:
            return chose(turn, state, "no_photo")
        case "place" if not skips:
            return _again(turn, state, turn.say("ask.acknowledged"))  # “发完了”, said of the photos
        case "place" | "medium":
            return _go_on(turn, state, done=state.step)
        case "topic":
            return chose(turn, state, "topic.other")
        case "words" | "what":
            return _done(turn, state, draft)
        case "paid":
            return chose(turn, state, "paid.unknown")
        case "edit":
            return back(turn, state)
        case "confirm":
            return _again(turn, state)
    return None


def _has_body(text: str) -> bool:
    return len(understanding.plain(text)) >= 2


def _is_small_talk(text: str) -> bool:
    """A yes, a no, a nod or a “done” where something is to be told."""
    heard = understanding.plain(text)
    words = (
        *vocabulary.EXACT["submit"],
        *vocabulary.EXACT["edit"],
        *vocabulary.EXACT["done"],
        *vocabulary.ACKNOWLEDGED,
    )
    return understanding.is_saying(heard, words)


def _with_words(state: State, draft: Draft, text: str) -> State:
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


def _done(turn: Turn, state: State, draft: Draft) -> Step | None:
    step = state.step if state.step in PATHS[draft.kind] else "words"
    if step == "what" and not draft.words and not draft.evidence_ids:
        return _again(turn, state, turn.say("report.one_sentence"))
    extra = ("paid",) if draft.paid != "unknown" else ()
    state = state.but(report=ReportProgress(done=(*state.report.done, *extra)))
    return _go_on(turn, state, done=step)


def _topic_hint(draft: Draft, text: str) -> Draft:
    heard = understanding.plain(text)
    hits = [topic for topic in TOPICS if any(word in heard for word in vocabulary.WITHIN.get(topic, ()))]
    return replace(draft, scheme_hint=draft.scheme_hint or TOPICS[hits[0]]) if len(hits) == 1 else draft


def _place_told(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    if not _has_body(text) or _is_small_talk(text):
        return None
    heard = understanding.plain(text)
    codes = _mediums_told(turn, text)
    medium = turn.book.medium(codes[0]) if codes else None
    if medium and medium.online and not told.sounds_like_place(text):
        draft = replace(draft, place_text=turn.noted("report.place_online"), medium=medium.code)
        return _go_on(turn, state.but(draft=draft, report=_with(state.report, "medium")), done="place")
    if medium and _is_only(
        heard, medium.label, (*medium.names, *vocabulary.MEDIUM_WORDS.get(medium.code, ()))
    ):
        state = state.but(draft=replace(draft, medium=medium.code), report=_with(state.report, "medium"))
        return _again(turn, state, turn.say("report.medium_noted", medium=medium.label))
    if told.sounds_like_question(text) and not told.sounds_like_place(text):
        return None
    if understanding.is_saying(heard, _NO_PHOTO):
        return _again(turn, state, turn.say("ask.acknowledged"))
    if told.sounds_like_story(text):
        return _again(turn, _with_words(state, draft, text), turn.say("report.noted"))
    draft = replace(draft, place_text=text.strip()[:200], seen_when=draft.seen_when or told.time_in(text))
    report = state.report
    if medium and not draft.medium and medium.code not in _VAGUE:
        draft, report = replace(draft, medium=medium.code), _with(report, "medium")
    return _go_on(turn, state.but(draft=draft, report=report), done="place")


_VAGUE: Final = frozenset({"shop", "other", "website", "acquaintance"})
"""Mediums whose words stand in many place names (“门口”, “商店”): not taken from a place unasked."""


def _is_only(heard: str, label: str, words: tuple[str, ...]) -> bool:
    """Whether the text names the medium and nothing more than a couple of characters besides."""
    return any(word in heard and len(heard) - len(word) <= 2 for word in (understanding.plain(label), *words))


def _mediums_told(turn: Turn, text: str) -> tuple[str, ...]:
    words = {
        medium.code: (*medium.names, *vocabulary.MEDIUM_WORDS.get(medium.code, ()))
        for medium in turn.book.mediums
        if medium.code != "other"
    }
    return told.mediums_in(text, words)


def _medium_told(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """Words that are no option: the rest of the place, or a place of its own kind."""
    heard = understanding.plain(text)
    if understanding.is_saying(heard, vocabulary.EXACT["place.unknown"]):
        return _go_on(turn, state, done="medium")
    told_place = draft.place_text and draft.place_text != turn.noted("report.place_online")
    follows = told_place and turn.within(_SAME_UTTERANCE) and told.sounds_like_place(text)
    body = _has_body(text) or follows  # “人民” “路”
    if not body or _is_small_talk(text) or told.sounds_like_question(text):
        return None
    named = tuple(code for code in _mediums_told(turn, text) if not (follows and code in _VAGUE))
    if named and understanding.size(heard) <= _NAMED_IN:
        return chose(turn, state, f"medium.{named[0]}")
    if any(sign in heard for sign in vocabulary.CORRECTING):
        return back(turn, state)
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
        return _again(turn, state.but(draft=draft), note)
    if turn.book.medium("other"):
        is_name = understanding.size(text.strip()) <= _NAMED_IN
        where = turn.noted("report.other_medium", where=text.strip()) if is_name else text.strip()
        state = _with_words(state.but(draft=draft), draft, where)
        return chose(turn, state, "medium.other")
    return None


def _confirm_told(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """At the read-back: a field to correct, or something to add."""
    heard = understanding.plain(text)
    for option in ("paid.no", "paid.yes"):
        # “我没交”: of the money; a mere “没有” is no to the whole.
        plainly = tuple(
            word for word in vocabulary.EXACT[option] if word not in (*vocabulary.NO, *vocabulary.YES)
        )
        if understanding.is_saying(heard, plainly):
            return _paid(turn, state, draft, option)
    if any(sign in heard for sign in vocabulary.CORRECTING):
        for option, step in (*EDITS.items(), ("edit.paid", "paid")):
            if any(word in heard for word in vocabulary.WITHIN[option]):
                return _edit(turn, state, step)
        return _again(turn, state.standing_at(NAME, "edit"))
    if told.sounds_like_question(text) or len(heard) < 4:
        return None
    if _is_small_talk(text):
        return _again(turn, state)
    told_now = _with_words(state, draft, text)
    if told_now.draft and alarms.says_not_paid(text) and not alarms.says_paid(text):
        told_now = told_now.but(draft=replace(told_now.draft, paid="no", amount_band=None))
    return _again(turn, told_now, turn.say("report.added"))


def _edit(turn: Turn, state: State, step: str) -> Step:
    draft = state.draft or Draft()
    step = "what" if step == "words" and draft.kind == "words" else step
    replacing = step in ("words", "what") and bool(draft.words)
    state = state.standing_at(NAME, step).but(report=replace(state.report, replacing_words=replacing))
    return _again(turn, state)


def _paid(turn: Turn, state: State, draft: Draft, option: str) -> Step:
    answer: Paid = "yes" if option == "paid.yes" else "no" if option == "paid.no" else "unknown"
    step = _go_on(turn, state.but(draft=replace(draft, paid=answer)), done="paid")
    if answer == "yes":
        stop = turn.tell(turn.say("urgent.stop_loss"), urgent=True)
        return Step(step.state.but(stop_loss_at=turn.at), (stop, *step.replies))
    return step


def _merge(turn: Turn, state: State, draft: Draft) -> Step:
    new = state.report.waiting or Draft()
    state = _with_media(state.but(draft=draft), new.evidence_ids)
    if new.words:
        state = _with_words(state, state.draft or draft, new.words)
    return _go_on(turn, state.but(report=_with(state.report, *_known(state.draft or draft))))


def _submit(turn: Turn, state: State, draft: Draft) -> Step:
    if not draft.evidence_ids and not draft.words.strip():
        draft = replace(draft, kind="words")
        state = state.but(draft=draft, report=_without(state.report, "what", "topic"))
        return _go_on(turn, state, turn.say("report.one_sentence"))
    state = state.standing_at(NAME, "confirm").but(draft=draft)
    if private.is_open_for(state, draft.evidence_ids):
        return private.put(turn, state)
    return Step(state, (), (SubmitTip(draft),))


def heard_paid(turn: Turn, state: State, text: str) -> Step:
    """Money is gone and it was said in the middle of a report: kept, and the report goes on."""
    draft = state.draft or Draft()
    state = _with_words(state.but(report=replace(state.report, replacing_words=False)), draft, text)
    if state.step == "topic":
        state = state.standing_at(NAME, "what").but(report=_with(state.report, "topic"))
    if state.step == "paid":
        return _go_on(turn, state, done="paid")
    return _again(turn, state.but(report=_with(state.report, "paid")))


def _with(report: ReportProgress, *steps: str) -> ReportProgress:
    return replace(report, done=tuple(dict.fromkeys((*report.done, *steps))))


def _without(report: ReportProgress, *steps: str) -> ReportProgress:
    return replace(report, done=tuple(step for step in report.done if step not in steps))


def _with_media(state: State, evidence_ids: tuple[str, ...]) -> State:
    draft = state.draft or Draft()
    together = tuple(dict.fromkeys((*draft.evidence_ids, *evidence_ids)))
    return state.but(draft=replace(draft, evidence_ids=together[:MOST_MEDIA]))


def sent_media(turn: Turn, state: State, media: SentMedia) -> Step | None:
    if state.step == "which":
        waiting = state.report.waiting or Draft()
        ids = tuple(dict.fromkeys((*waiting.evidence_ids, *media.evidence_ids)))[:MOST_MEDIA]
        state = state.but(report=replace(state.report, waiting=replace(waiting, evidence_ids=ids)))
        return _again(turn, state)
    before = state.draft.evidence_ids if state.draft else ()
    state = _with_media(state, media.evidence_ids)
    now = state.draft.evidence_ids if state.draft else ()
    left_out = tuple(one for one in media.evidence_ids if one not in now)
    full = turn.say("report.media_full") if left_out else ""
    effects: tuple[Effect, ...] = (ForgetDraft(left_out),) if left_out else ()
    if now == before:
        return replace(_again(turn, state, full), effects=effects)
    kind = media.kind if media.kind in ("picture", "voice", "video") else "file"
    note = full or turn.say(f"report.got_{kind}", count=len(now))
    if state.step == "photo" and "photo" not in state.report.done:
        step = _go_on(turn, state, note, done="photo")
    else:
        step = _again(turn, state.but(report=_with(state.report, "photo")), note)
    return replace(step, effects=(*step.effects, *effects))


def sent_place(turn: Turn, state: State, place: SentPlace) -> Step | None:
    if state.step == "which":
        return None
    draft = state.draft or Draft()
    label = place.label.strip()[:200]
    draft = replace(
        draft, latitude=place.latitude, longitude=place.longitude, place_text=label or draft.place_text
    )
    state = state.but(draft=draft)
    if state.step == "place":
        return _go_on(turn, state, done="place")
    return _again(turn, state.but(report=_with(state.report, "place")), turn.say("report.place_noted"))


def back(turn: Turn, state: State) -> Step | None:
    draft = state.draft or Draft()
    path = PATHS[draft.kind]
    if state.step in state.report.done or state.step in ("edit", "refused"):
        return _again(
            turn, state.standing_at(NAME, "confirm").but(report=replace(state.report, replacing_words=False))
        )
    place = path.index(state.step) if state.step in path else 0
    if place == 0 and draft.kind == "words" and state.step == "topic":
        state = state.but(draft=replace(draft, kind="photo"), report=_without(state.report, "photo"))
        return _again(turn, state.standing_at(NAME, "photo"))
    if place == 0:
        return None
    before = path[place - 1]
    state = state.standing_at(NAME, before).but(report=_without(state.report, *path[place - 1 :]))
    return _again(turn, state)


def left(turn: Turn, state: State) -> Step:
    """Reminds of a draft that was left, once; whoever does something else by now is not disturbed in it."""
    draft = state.draft
    if draft is None or draft.is_empty or draft.is_reminded:
        return Step(state)
    state = state.but(draft=replace(draft, is_reminded=True))
    text = turn.say("report.left")
    if state.dialogue == NAME:
        return _again(turn, state, text)
    if state.dialogue == menu.NAME:
        return Step(state, (menu.question(turn, state).after(text),))
    return Step(state, (turn.tell(text),))


# ---- the end -------------------------------------------------------------------------------------


def submitted(turn: Turn, state: State, message: Submitted) -> Step:
    """The receipt, once the tip is kept."""
    state = menu.idle(state).but(draft=None, report=ReportProgress())
    text = turn.say("report.receipt", receipt=message.receipt)
    if message.passphrase:
        text = f"{text}\n{turn.say('report.passphrase', passphrase=message.passphrase)}"
    options = (turn.choice("tips"), turn.choice("report", "label.report_again"), turn.choice("quiz"))
    return Step(state, (turn.ask(text, options, wants="notice"),))


def not_submitted(turn: Turn, state: State, message: NotSubmitted) -> Step:
    """The tip was not taken; nothing is lost."""
    draft = state.draft or Draft()
    if message.reason == "nothing_to_go_on":
        state = state.standing_at(NAME, "photo").but(draft=draft, report=_without(state.report, "photo"))
        return _again(turn, state, turn.say("report.nothing_to_go_on"))
    return _again(turn, state.standing_at(NAME, "refused").but(draft=draft))


DIALOGUE = Dialogue(
    NAME,
    question,
    hint,
    open_ended=open_ended,
    chose=chose,
    said=said,
    sent_media=sent_media,
    sent_place=sent_place,
    back=back,
)
