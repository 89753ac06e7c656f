"""Reporting, by photo or by words: at most six questions, one at a time, then read back, then the receipt."""

from dataclasses import replace

from bot.conversation import alarms, told, understanding, vocabulary
from bot.conversation.dialogues import menu, private
from bot.conversation.dialogues import report_elsewhere as elsewhere
from bot.conversation.dialogues import report_told as told_in
from bot.conversation.dialogues import report_way as way
from bot.conversation.dialogues.report_questions import EDITS, TOPICS, hint, open_ended, question
from bot.conversation.effects import Effect, ForgetDraft, SubmitTip
from bot.conversation.messages import NotSubmitted, SentMedia, SentPlace, Submitted
from bot.conversation.state import MOST_MEDIA, Draft, Paid, ReportProgress, State
from bot.conversation.turn import Dialogue, Step, Turn

NAME = way.NAME

# ---- in and out of it -----------------------------------------------------------------------------


def begin(turn: Turn, state: State, draft: Draft | None = None) -> Step:
    """Opens a report with what is known already. An unfinished one is never pushed out unasked."""
    draft = draft or Draft()
    if state.draft is not None and not state.draft.is_empty:
        waiting = None if draft.is_empty else draft
        state = state.standing_at(NAME, "which").but(report=replace(state.report, waiting=waiting))
        return Step(state, (question(turn, state),))
    return way.start(turn, state, draft)


def resume(turn: Turn, state: State) -> Step:
    """Goes on with the unfinished draft, from its first open question."""
    if state.draft is None:
        return begin(turn, state)
    return way.go_on(
        turn, state.but(report=ReportProgress(done=state.report.done)), turn.say("report.resumed")
    )


def restart(turn: Turn, state: State) -> Step:
    """From the beginning; what was collected is given up."""
    effects = way.forgetting(state.draft)
    step = way.start(turn, state.but(draft=None), Draft())
    return Step(step.state, (step.replies[0].after(turn.say("report.restarted")),), effects)


# ---- the answers ---------------------------------------------------------------------------------


def chose(turn: Turn, state: State, option: str) -> Step | None:
    draft = state.draft or Draft()
    match option:
        case "no_photo":
            draft = replace(draft, kind="words")
            return way.go_on(
                turn, state.but(draft=draft, report=way.with_steps(state.report, *way.known(draft)))
            )
        case "redo":
            state = state.but(
                draft=replace(draft, evidence_ids=()), report=way.without_steps(state.report, "photo")
            )
            return Step(state, way.again(turn, state).replies, way.forgetting(draft))
        case "done":
            return _done(turn, state, draft)
        case "online":
            draft = replace(draft, place_text=turn.noted("report.place_online"))
            return way.go_on(turn, state.but(draft=draft), done="place")
        case "place.unknown":
            return way.go_on(turn, state, done="place")
        case "paid.no" | "paid.yes" | "paid.unknown":
            return _paid(turn, state, draft, option)
        case "submit" | "submit_again":
            return _submit(turn, state, draft)
        case "edit":
            return way.again(turn, state.standing_at(NAME, "edit"))
        case "edit.paid":
            return way.again(turn, state.standing_at(NAME, "paid"))
        case "keep":
            return menu.show(turn, state, turn.say("leaving.kept"))
        case "resume":
            return resume(turn, state)
        case "merge":
            return _merge(turn, state, draft)
        case "fresh":
            step = way.start(turn, state.but(draft=None), state.report.waiting or Draft())
            return Step(step.state, step.replies, way.forgetting(draft))
    if option in EDITS:
        return _edit(turn, state, EDITS[option])
    if option in TOPICS:
        hinted = replace(draft, kind="words", scheme_hint=TOPICS[option])
        return way.go_on(turn, state.but(draft=hinted), done="topic")
    code = option.removeprefix("medium.")
    if option.startswith("medium.") and turn.book.medium(code):
        return way.go_on(turn, state.but(draft=replace(draft, medium=code)), done="medium")
    return None


def said(turn: Turn, state: State, text: str) -> Step | None:
    draft = state.draft or Draft()
    wants_no_more = understanding.is_saying(understanding.plain(text), vocabulary.ENOUGH)
    if wants_no_more and state.step in way.PATHS[draft.kind] and (draft.evidence_ids or draft.words):
        return way.go_on(turn, state.but(report=way.with_steps(state.report, *way.PATHS[draft.kind][:-1])))
    if (passed := _passed(turn, state, draft, text)) is not None:
        return passed
    if (noted := elsewhere.answered(turn, state, draft, text)) is not None:
        return noted
    match state.step:
        case "edit" if understanding.is_yes(understanding.plain(text)):
            return way.back(turn, state)  # nothing to change after all
        case "place":
            return told_in.place_told(turn, state, draft, text)
        case "medium":
            return told_in.medium_told(turn, state, draft, text)
        case "words" | "what" if draft.words and told_in.says_no_photo(text):
            return way.again(turn, state, turn.say("ask.acknowledged"))
        case "words" | "what":
            if not draft.words and told_in.is_small_talk(text):
                return None
            hinted = told_in.topic_hint(draft, text) if draft.kind == "words" else draft
            return way.noted(
                turn, elsewhere.with_answers(turn, told_in.with_words(state, hinted, text), text)
            )
        case "topic" if told_in.has_body(text) and not told_in.is_small_talk(text):
            state = told_in.with_words(state.standing_at(NAME, "what"), told_in.topic_hint(draft, text), text)
            state = state.but(report=way.with_steps(state.report, "topic"))
            return way.noted(turn, elsewhere.with_answers(turn, state, text))
        case "confirm":
            return _confirm_told(turn, state, draft, text)
        case "which" | "edit" | "refused" | "paid" | "topic":
            return None
        case _ if told_in.is_small_talk(text):
            return None
        case _:
            return (
                way.again(turn, told_in.with_words(state, draft, text), turn.say("report.noted"))
                if told_in.has_body(text)
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
            return way.again(turn, state, turn.say("ask.acknowledged"))  # “发完了”, said of the photos
        case "place" | "medium":
            return way.go_on(turn, state, done=state.step)
        case "topic":
            return chose(turn, state, "topic.other")
        case "words" | "what":
            return _done(turn, state, draft)
        case "paid":
            return chose(turn, state, "paid.unknown")
        case "edit":
            return way.back(turn, state)
        case "confirm":
            return way.again(turn, state)
    return None


def _done(turn: Turn, state: State, draft: Draft) -> Step | None:
    step = state.step if state.step in way.PATHS[draft.kind] else "words"
    if step == "what" and not draft.words and not draft.evidence_ids:
        return way.again(turn, state, turn.say("report.one_sentence"))
    extra = ("paid",) if draft.paid != "unknown" else ()
    state = state.but(report=ReportProgress(done=(*state.report.done, *extra)))
    return way.go_on(turn, state, done=step)


_HAND_IN = ("交", "报", "报了吧")
"""“现在交上去吗？” “交”: said here alone, for elsewhere it is of money."""


def _confirm_told(turn: Turn, state: State, draft: Draft, text: str) -> Step | None:
    """At the read-back: a field to correct, or something to add."""
    heard = understanding.plain(text)
    if heard in _HAND_IN:
        return _submit(turn, state, draft)
    if option := elsewhere.paid_plainly(heard):  # “我没交”: of the money; a mere “没有” is no to the whole
        return _paid(turn, state, draft, option)
    if any(sign in heard for sign in vocabulary.CORRECTING):
        for option, step in (*EDITS.items(), ("edit.paid", "paid")):
            if any(word in heard for word in vocabulary.WITHIN[option]):
                return _edit(turn, state, step)
        return way.again(turn, state.standing_at(NAME, "edit"))
    if told.sounds_like_question(text) or len(heard) < 4:
        return None
    if told_in.is_small_talk(text):
        return way.again(turn, state)
    told_now = told_in.with_words(state, draft, text)
    if told_now.draft and alarms.says_not_paid(text) and not alarms.says_paid(text):
        told_now = told_now.but(draft=replace(told_now.draft, paid="no", amount_band=None))
    return way.again(turn, told_now, turn.say("report.added"))


def _edit(turn: Turn, state: State, step: str) -> Step:
    draft = state.draft or Draft()
    step = "what" if step == "words" and draft.kind == "words" else step
    replacing = step in ("words", "what") and bool(draft.words)
    state = state.standing_at(NAME, step).but(report=replace(state.report, replacing_words=replacing))
    return way.again(turn, state)


def _paid(turn: Turn, state: State, draft: Draft, option: str) -> Step:
    answer: Paid = "yes" if option == "paid.yes" else "no" if option == "paid.no" else "unknown"
    step = way.go_on(turn, state.but(draft=replace(draft, paid=answer)), done="paid")
    if answer == "yes":
        stop = turn.tell(turn.say("urgent.stop_loss"), urgent=True)
        return Step(step.state.but(stop_loss_at=turn.at), (stop, *step.replies))
    return step


def _merge(turn: Turn, state: State, draft: Draft) -> Step:
    new = state.report.waiting or Draft()
    state = way.with_media(state.but(draft=draft), new.evidence_ids)
    if new.words:
        state = told_in.with_words(state, state.draft or draft, new.words)
    return way.go_on(turn, state.but(report=way.with_steps(state.report, *way.known(state.draft or draft))))


def _submit(turn: Turn, state: State, draft: Draft) -> Step:
    if not draft.evidence_ids and not draft.words.strip():
        draft = replace(draft, kind="words")
        state = state.but(draft=draft, report=way.without_steps(state.report, "what", "topic"))
        return way.go_on(turn, state, turn.say("report.one_sentence"))
    state = state.standing_at(NAME, "confirm").but(draft=draft)
    if private.is_open_for(state, draft.evidence_ids):
        return private.put(turn, state)
    return Step(state, (), (SubmitTip(draft),))


def heard_paid(turn: Turn, state: State, text: str) -> Step:
    """Money is gone and it was said in the middle of a report: kept, and the report goes on."""
    draft = state.draft or Draft()
    state = told_in.with_words(state.but(report=replace(state.report, replacing_words=False)), draft, text)
    if state.step == "topic":
        state = state.standing_at(NAME, "what").but(report=way.with_steps(state.report, "topic"))
    if state.step == "paid":
        return way.go_on(turn, state, done="paid")
    if state.step == "photo" and not draft.evidence_ids:
        return elsewhere.by_telling(turn, state.but(report=way.with_steps(state.report, "paid")))
    return way.again(turn, state.but(report=way.with_steps(state.report, "paid")))


def sent_media(turn: Turn, state: State, media: SentMedia) -> Step | None:
    if state.step == "which":
        waiting = state.report.waiting or Draft()
        ids = tuple(dict.fromkeys((*waiting.evidence_ids, *media.evidence_ids)))[:MOST_MEDIA]
        state = state.but(report=replace(state.report, waiting=replace(waiting, evidence_ids=ids)))
        return way.again(turn, state)
    before = state.draft.evidence_ids if state.draft else ()
    state = way.with_media(state, media.evidence_ids)
    now = state.draft.evidence_ids if state.draft else ()
    left_out = tuple(one for one in media.evidence_ids if one not in now)
    full = turn.say("report.media_full") if left_out else ""
    effects: tuple[Effect, ...] = (ForgetDraft(left_out),) if left_out else ()
    if now == before:
        return replace(way.again(turn, state, full), effects=effects)
    if state.step in ("topic", "what") and not before and state.draft and state.draft.kind == "words":
        # Who told first and now shows it need not be asked what a photo answers.
        state = state.standing_at(NAME, "photo").but(draft=replace(state.draft, kind="photo"))
        state = state.but(report=way.without_steps(state.report, "photo"))
    kind = media.kind if media.kind in ("picture", "voice", "video") else "file"
    note = full or turn.say(f"report.got_{kind}", count=len(now))
    if state.step == "photo" and "photo" not in state.report.done:
        step = way.go_on(turn, state, note, done="photo")
    else:
        step = way.again(turn, state.but(report=way.with_steps(state.report, "photo")), note)
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
        return way.go_on(turn, state, done="place")
    return way.again(
        turn, state.but(report=way.with_steps(state.report, "place")), turn.say("report.place_noted")
    )


def left(turn: Turn, state: State) -> Step:
    """Reminds of a draft that was left, once; whoever does something else by now is not disturbed in it."""
    draft = state.draft
    if draft is None or draft.is_empty or draft.is_reminded:
        return Step(state)
    state = state.but(draft=replace(draft, is_reminded=True))
    text = turn.say("report.left")
    if state.dialogue == NAME:
        return way.again(turn, state, text)
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
        state = state.standing_at(NAME, "photo").but(
            draft=draft, report=way.without_steps(state.report, "photo")
        )
        return way.again(turn, state, turn.say("report.nothing_to_go_on"))
    return way.again(turn, state.standing_at(NAME, "refused").but(draft=draft))


DIALOGUE = Dialogue(
    NAME,
    question,
    hint,
    open_ended=open_ended,
    chose=chose,
    said=said,
    sent_media=sent_media,
    sent_place=sent_place,
    back=way.back,
)
