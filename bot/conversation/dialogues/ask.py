"""问一问: is this a scam? A text or a picture in, 疑似 which scheme, why and what to do now out; one tap
makes it a tip."""

from dataclasses import replace
from typing import Final

from bot.conversation import alarms, told, understanding, vocabulary
from bot.conversation.dialogues import ask_answers, ask_unrecognised, menu, report
from bot.conversation.effects import Effect, JudgePictures, JudgeText
from bot.conversation.matters import Relation, both_ask, opens_another, relation
from bot.conversation.messages import Finding, Judged, SentMedia
from bot.conversation.replies import Reply
from bot.conversation.state import MOST_MEDIA, MOST_WORDS, Asked, Draft, LooseMedia, State
from bot.conversation.turn import Dialogue, Step, Turn, has_red_flag

NAME = ask_answers.NAME

_SAME_MATTER: Final = 600
"""Seconds within which a short message adds to what was answered just before: who types two characters a minute needs
five for a dozen."""
_SAME_SITTING: Final = 3600
"""The same while nothing was answered yet, and more is waited for."""
_SHORT: Final = 30
_ENOUGH: Final = 5
"""Characters from which a text can be judged at all."""
_SAYS_SOMETHING: Final = 10
"""Characters from which “nothing that I know” may be said of a text: people send “有人” “叫我” “转钱” in three messages, and
what is told of the first must not be taken back after the third."""
_SAYS_ENOUGH: Final = 20
"""The same for “it looks a little like” of what comes in pieces, where only a word or the tone speaks for it."""
_NODS: Final = tuple(
    word
    for word in vocabulary.ACKNOWLEDGED
    if word not in (*vocabulary.NO, *vocabulary.SKIP, *vocabulary.FINISHED, "是", "是的", "对", "yes")
)
"""“好的”, “知道了”: neither a yes nor a no to whether the police were called."""
_TAKEN_IN: Final = (*vocabulary.ACKNOWLEDGED, *vocabulary.EXACT["more"], *vocabulary.EXACT["done"])


def open_(turn: Turn, state: State) -> Step:
    """Asks what it is about; a finding that came in the middle of something else is told first."""
    state = menu.idle(state).standing_at(NAME, "open")
    finding = state.asked.finding
    if finding and state.asked.unseen:
        step = ask_answers.answer(turn, state, finding)
        return Step(step.state, (step.replies[0].after(turn.say("ask.last")),))
    return Step(state, (question(turn, state),))


def question(turn: Turn, state: State) -> Reply:
    match state.step:
        case "listening":
            return _listen(turn)
        case "answered" if state.asked.finding:
            return turn.ask(turn.say("ask.what_next"), ask_answers.options(turn, state, state.asked.finding))
        case "looking":
            return turn.ask(turn.say("ask.still_looking"), (turn.choice("tip"), turn.choice("paid")))
        case "paid":
            return turn.ask(turn.say("ask.what_next"), ask_answers.options_paid(turn))
        case _:
            return turn.ask(turn.say("ask.open"), wants="picture")


def hint(turn: Turn, state: State) -> str:
    """How to ask; after an answer, “怎么办” asks what to do now. (While more is listened for it means “that is all”.)"""
    if state.step == "paid":
        return turn.say("urgent.stop_loss")
    finding = state.asked.finding
    if finding and finding.verdict == "none" and state.step == "answered":
        return ask_answers.told(turn, state, finding)
    if finding and state.step == "answered" and (steps := turn.steps(finding, paid=state.asked.paid)):
        return turn.say("ask.now", now=turn.listed(steps))
    return turn.say("hint.ask")


def _listen(turn: Turn, key: str = "ask.go_on") -> Reply:
    return turn.ask(turn.say(key), (turn.choice("heard_all"),), wants="words")


def _say_more(turn: Turn, asked: Asked) -> Reply:
    """More is asked for; the second time 大字版 is offered."""
    return ask_answers.with_big(turn, asked, _listen(turn, "ask.say_more"))


def open_ended(state: State) -> bool:
    return True


# ---- asking --------------------------------------------------------------------------------------


def said(turn: Turn, state: State, text: str) -> Step | None:
    heard = understanding.plain(text)
    if len(heard) < 2 and not (state.step == "listening" and understanding.is_piece_of_a_word(heard)):
        return None
    passes = understanding.is_saying(heard, (*vocabulary.SKIP, *vocabulary.FINISHED))
    if passes and state.step == "open" and not state.asked.text:
        return menu.show(turn, state, turn.say("ask.acknowledged"))
    if passes and state.step == "listening":
        return chose(turn, state, "heard_all")
    if understanding.is_saying(heard, vocabulary.EXACT["ask"]):
        if state.step == "answered" and (finding := state.asked.finding):
            return Step(
                state,
                (
                    turn.ask(
                        ask_answers.told(turn, state, finding), ask_answers.options(turn, state, finding)
                    ),
                ),
            )
        return Step(state, (question(turn, state),))
    if state.step == "paid" and understanding.is_saying(heard, _NODS):
        return Step(state, (question(turn, state).after(turn.say("ask.acknowledged")),))
    if state.step == "paid":
        words = "\n".join(filter(None, (state.asked.text, text.strip())))[-MOST_WORDS:]
        key = "urgent.noted_more"
        if alarms.says_called(text):
            key = "urgent.called"
        elif (
            not state.asked.police_spoken_of
        ):  # once: whoever tells their story is not asked at every sentence
            key = "urgent.noted"
        state = state.but(asked=replace(state.asked, text=words, police_spoken_of=True))
        return Step(state, (turn.ask(turn.say(key), ask_answers.options_paid(turn)),))
    if state.step == "looking" and understanding.is_saying(heard, vocabulary.IMPATIENT):
        return Step(state, (question(turn, state),))
    if state.step not in ("open", "listening") and understanding.is_saying(
        heard, (*_TAKEN_IN, *vocabulary.SKIP)
    ):
        return Step(state, (question(turn, state).after(turn.say("ask.acknowledged")),))
    return about(turn, state, text)


def about(turn: Turn, state: State, text: str) -> Step:
    """Has the text judged: together with what was said just before, where it only adds to that. Of a word or
    two nothing can be said yet; the rest is waited for."""
    before = state.asked
    begun = bool(before.text or before.evidence_ids)
    open_matter = state.step != "open" or before.finding is None
    listening = state.step == "listening" and turn.within(_SAME_SITTING)
    is_addition = listening or (understanding.size(text.strip()) <= _SHORT and turn.within(_SAME_MATTER))
    adds = (
        state.dialogue == NAME
        and begun
        and open_matter
        and is_addition
        and not _is_a_matter_of_its_own(turn, text)
    )
    adds = adds and not (state.step == "listening" and both_ask(before.text, text))
    if adds and state.step == "answered" and before.finding and before.text and not before.evidence_ids:
        state = state.but(asked=replace(before, by_itself=text.strip(), waiting_text=True, at=turn.at))
        return Step(state, (), (JudgeText(text.strip()),))
    return _about(turn, state, text, adds=adds)


def _is_a_matter_of_its_own(turn: Turn, text: str) -> bool:
    """Whether it says itself that it is about something else, or asks what a word means."""
    return opens_another(text) or ask_unrecognised.meaning_asked_in(turn, text.strip()) is not None


def _about(turn: Turn, state: State, text: str, *, adds: bool) -> Step:
    before = state.asked
    together = "\n".join(filter(None, (before.text if adds else "", text.strip())))
    asked = Asked(
        text=together[-MOST_WORDS:],
        finding=before.finding if adds else None,
        evidence_ids=before.evidence_ids
        if (state.dialogue == NAME and state.step == "looking") or adds
        else (),
        at=turn.at,
        waiting_text=True,
        paid=(before.paid and adds) or alarms.says_paid(text),
        too_little=before.too_little if adds else 0,
    )
    is_mere_word = understanding.size(understanding.plain(asked.text)) < _ENOUGH
    asks_meaning = ask_unrecognised.meaning_asked_in(turn, text.strip())
    if is_mere_word and not asked.evidence_ids and not asks_meaning:
        state = state.standing_at(NAME, "listening").but(asked=replace(asked, waiting_text=False))
        return Step(state, (_listen(turn),))
    state = state.standing_at(NAME, "answered").but(asked=asked)
    return Step(state, (), (JudgeText(asked.text),))


def _by_itself(turn: Turn, state: State, alone: Finding) -> Step:
    """What came after an answer was looked at alone: it belongs to that, or it is another matter."""
    before, text = replace(state.asked, by_itself="", waiting_text=False), state.asked.by_itself
    state = state.but(asked=before)
    assert before.finding is not None
    match relation(text, alone, before.finding):
        case Relation.ADDS:
            return _about(turn, state, text, adds=True)
        case Relation.ANOTHER:
            return _about(turn, state, text, adds=False)
        case Relation.UNCLEAR:
            state = state.but(asked=replace(before, text=f"{before.text}\n{text}"[-MOST_WORDS:]))
            said = turn.say("ask.unclear", scheme=turn.scheme_name(before.finding))
            return Step(state, (turn.ask(said, ask_answers.options(turn, state, before.finding)),))


def judge_again(turn: Turn, state: State) -> Step:
    """What was told already is judged now (after stop-loss came first)."""
    if not state.asked.text:
        return open_(turn, state)
    state = state.standing_at(NAME, "answered").but(asked=replace(state.asked, waiting_text=True))
    return Step(state, (), (JudgeText(state.asked.text),))


def about_media(turn: Turn, state: State, loose: LooseMedia) -> Step:
    """Has pictures judged; the answer comes later. What cannot be judged is kept for a tip."""
    joined = state.dialogue == NAME and state.step == "looking"
    ids = (*state.asked.evidence_ids, *loose.evidence_ids) if joined else loose.evidence_ids
    words = loose.words or (state.asked.text if joined else "")
    asked = Asked(
        text=words,
        evidence_ids=tuple(dict.fromkeys(ids))[:MOST_MEDIA],
        at=turn.at,
        paid=state.asked.paid and joined,
    )
    effects: list[Effect] = []
    if loose.pictures:
        effects.append(JudgePictures(loose.pictures))
    if loose.words:
        asked = replace(asked, waiting_text=True)
        effects.append(JudgeText(loose.words))
    state = state.standing_at(NAME, "looking" if loose.pictures else "open").but(
        asked=asked, loose=LooseMedia()
    )
    if not loose.pictures:
        reply = turn.ask(turn.say("ask.cannot_hear"), (turn.choice("tip"),), wants="words")
    else:
        reply = turn.ask(turn.say("ask.looking"), (turn.choice("tip"), turn.choice("paid")))
    return Step(state, (reply,), tuple(effects))


def sent_media(turn: Turn, state: State, media: SentMedia) -> Step | None:
    pictures = media.evidence_ids if media.kind == "picture" else ()
    return about_media(turn, state, LooseMedia(media.evidence_ids, pictures))


# ---- the answer ----------------------------------------------------------------------------------


def judged(turn: Turn, state: State, message: Judged) -> Step:
    """A finding: at once for a text; for pictures whenever it comes, without disturbing what goes on."""
    finding = message.finding
    of_pictures = bool(finding.evidence_ids)
    if state.asked.by_itself and not of_pictures:
        return _by_itself(turn, state, finding)
    if of_pictures and not set(finding.evidence_ids) & set(state.asked.evidence_ids):
        return ask_answers.of_a_report(turn, state, finding)
    here = (
        state.dialogue in ("", NAME) if of_pictures else state.dialogue == NAME and state.asked.waiting_text
    )
    before = state.asked.finding
    asks_meaning = ask_unrecognised.meaning_asked_in(turn, state.asked.text) is not None
    if not of_pictures and finding.verdict == "possible" and asks_meaning:
        finding = Finding()  # “什么叫跑分” looks a little like 跑分, and only asks what it is
    elif not of_pictures and _rests_on_a_word(state, finding):
        finding = (
            Finding()
        )  # of “转钱 征信” nobody can say which scheme it is; what to beware of anyway is said
    kept = _stronger(before, finding)
    state = state.but(
        asked=replace(state.asked, finding=kept, waiting_text=state.asked.waiting_text and of_pictures)
    )
    if not here:
        return ask_answers.in_passing(turn, state, finding)
    was_told = before is not None and before.verdict != "none"  # what was said is not taken back
    if not was_told and _is_too_thin(turn, state, finding):
        asked = replace(state.asked, finding=None, too_little=state.asked.too_little + 1)
        return Step(state.standing_at(NAME, "listening").but(asked=asked), (_say_more(turn, asked),))
    if before and not state.asked.unseen and not finding.dispute:
        return ask_answers.added(turn, state, before, kept)
    return ask_answers.answer(turn, state, kept)


def _size_of(state: State) -> int:
    """How much was asked about, without what divides its pieces."""
    return understanding.size(understanding.plain(state.asked.text))


def _rests_on_a_word(state: State, finding: Finding) -> bool:
    """Whether it was named in so few words that nothing but a word or the tone speaks for it, and no more will come."""
    is_weak = finding.verdict == "possible" and not finding.dispute and not has_red_flag(finding)
    return is_weak and state.asked.heard_all and _size_of(state) < _SAYS_SOMETHING


def _is_too_thin(turn: Turn, state: State, finding: Finding) -> bool:
    """Whether nothing was found in so few words that more are waited for, unless that was all."""
    asked = state.asked
    if finding.dispute or asked.heard_all or asked.evidence_ids or asked.finding not in (None, finding):
        return False
    said = _size_of(state)
    if finding.verdict == "none":
        return said < _SAYS_SOMETHING and not ask_unrecognised.tells_something(turn, asked.text)
    enough = _SAYS_ENOUGH if "\n" in asked.text else _SAYS_SOMETHING
    return finding.verdict == "possible" and said < enough and not has_red_flag(finding)


def _stronger(before: Finding | None, now: Finding) -> Finding:
    """Of two findings on one matter the surer one; the newer of two equals."""
    order = ("none", "possible", "likely")
    if before is None or now.dispute:
        return now
    return now if order.index(now.verdict) >= order.index(before.verdict) else before


# ---- what follows --------------------------------------------------------------------------------


def chose(turn: Turn, state: State, option: str) -> Step | None:
    match option:
        case "again":
            return open_(turn, state.but(asked=Asked()))
        case "judge":
            return judge_again(turn, state)
        case "heard_all" if state.step == "listening":
            return judge_again(turn, state.but(asked=replace(state.asked, heard_all=True)))
    return None


def make_tip(turn: Turn, state: State) -> Step:
    """One tap: the text and the pictures asked about become a report."""
    asked = state.asked
    finding = asked.finding
    draft = Draft(
        kind="photo" if asked.evidence_ids else "words",
        evidence_ids=asked.evidence_ids,
        words=asked.text,
        seen_when=told.time_in(asked.text),
        paid="yes" if asked.paid else "unknown",
        amount_band=told.amount_band_in(asked.text) if asked.paid else None,
        scheme_hint=finding.scheme_code if finding else None,
        asked_first=bool(asked.text or asked.evidence_ids),
    )
    if draft.is_empty:
        return report.begin(turn, state)
    return report.begin(turn, state.but(asked=Asked()), draft)


def after_stop_loss(turn: Turn, state: State, text: str) -> State:
    """Where stop-loss leaves someone who was in no report: what was told is kept, one tap from a tip."""
    news = text if understanding.size(understanding.plain(text)) > _SHORT // 3 or not state.asked.text else ""
    words = "\n".join(filter(None, (state.asked.text if state.dialogue == NAME else "", news)))
    kept = state.asked if state.dialogue == NAME else Asked()
    ids = (*kept.evidence_ids, *state.loose.evidence_ids)
    asked = replace(
        kept,
        text=words[-MOST_WORDS:],
        at=turn.at,
        paid=True,
        evidence_ids=tuple(dict.fromkeys(ids))[:MOST_MEDIA],
    )
    return menu.idle(state).standing_at(NAME, "paid").but(asked=asked)


DIALOGUE = Dialogue(
    NAME, question, hint, open_ended=open_ended, chose=chose, said=said, sent_media=sent_media
)
