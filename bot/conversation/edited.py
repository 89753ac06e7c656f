"""Words that a citizen changed after sending them: what is being written is put right, what was submitted gets a version.

The first version is never lost: a draft takes its earlier words along, and a tip's own words stay as they came. A question
that was put right is answered anew; an answer of the report that is being written is exchanged.
"""

from dataclasses import replace
from typing import Final

from bot.conversation import alarms, vocabulary
from bot.conversation.dialogues import ask, report
from bot.conversation.dialogues import report_told as told_in
from bot.conversation.dialogues import report_way as way
from bot.conversation.dialogues.report_elsewhere import paid_plainly
from bot.conversation.effects import AmendTip, JudgeText
from bot.conversation.messages import Edited
from bot.conversation.personal_numbers import mask_own_phone, mask_personal_numbers
from bot.conversation.replies import Reply
from bot.conversation.state import MOST_WORDS, Draft, State
from bot.conversation.turn import Step, Turn
from bot.conversation.understanding import is_saying, plain

MOST_EDITS = 20
"""Of one draft; further ones change the words and keep no version."""


def put_right(turn: Turn, state: State, edited: Edited) -> Step:
    """What is being written, with the new words; an `AmendTip` where nothing of it has the old ones; silence where nothing
    changed. The words before must be on record."""
    before, _ = mask_personal_numbers(edited.before.strip())
    after, had_numbers = mask_personal_numbers(edited.after.strip())
    if state.minimal:
        before, _ = mask_own_phone(before)
        after, had_own = mask_own_phone(after)
        had_numbers = had_numbers or had_own
    notes = (turn.tell(turn.say("warn.personal_numbers")),) if had_numbers else ()
    if not after or before == after:
        return Step(state, notes)
    if alarms.says_paid(after) and not alarms.says_paid(before):
        state = state.but(stop_loss_at=turn.at)
        notes = (*notes, turn.tell(turn.say("urgent.stop_loss"), urgent=True))
    if not before:
        return _added(turn, state, after, notes)
    if (
        state.dialogue == ask.NAME
        and (asked := _replaced(state.asked.text, before, after)) != state.asked.text
    ):
        return _asked_anew(turn, state, asked, notes)
    if state.draft is not None and (draft := _exchanged(turn, state.draft, before, after)) is not None:
        draft = replace(draft, edits=(*draft.edits, (before, after))[:MOST_EDITS])
        state = state.but(draft=draft)
        if state.dialogue == report.NAME and state.step == "confirm":
            step = way.again(turn, state, turn.say("report.corrected"))
            return replace(step, replies=(*notes, *step.replies))
        return Step(state, (*notes, _noted(turn)))
    if (words := _replaced(state.tips.words, before, after)) != state.tips.words:
        return Step(state.but(tips=replace(state.tips, words=words)), (*notes, _noted(turn)))
    if (words := _replaced(state.loose.words, before, after)) != state.loose.words:
        return Step(state.but(loose=replace(state.loose, words=words)), (*notes, _noted(turn)))
    return Step(state, notes, (AmendTip(before, after),))


def _asked_anew(turn: Turn, state: State, asked: str, notes: tuple[Reply, ...]) -> Step:
    """A question that was put right is answered as if it had been asked so."""
    matter = replace(state.asked, text=asked, finding=None, waiting_text=True, by_itself="", at=turn.at)
    if alarms.says_paid(asked):
        matter = replace(matter, paid=True)
    return Step(state.standing_at(ask.NAME, "answered").but(asked=matter), notes, (JudgeText(asked),))


def _exchanged(turn: Turn, draft: Draft, before: str, after: str) -> Draft | None:
    """The draft with another answer in the place of the one that the words gave; None where they gave none of its."""
    if draft.place_text and before in (draft.place_text, draft.place_text.removesuffix("。")):
        return replace(draft, place_text=after[:200])
    if _replaced(draft.words, before, "") != draft.words:
        new = told_in.with_words(State(), Draft(paid=draft.paid), after).draft or draft
        paid = "unknown" if _pays(before) and _pays(before) == draft.paid and not _pays(after) else new.paid
        return replace(
            draft,
            words=_replaced(draft.words, before, after),
            paid=paid,
            amount_band=new.amount_band or draft.amount_band if paid == "yes" else None,
            seen_when=draft.seen_when or new.seen_when,
        )
    if (medium := _medium(turn, before)) and medium == draft.medium and (other := _medium(turn, after)):
        return replace(draft, medium=other)
    if (said := _pays(before)) and said == draft.paid and (other := _pays(after)):
        return replace(draft, paid="yes" if other == "yes" else "no")
    if draft.place_text and len(before) >= _PIECE_OF_A_PLACE and draft.place_text.count(before) == 1:
        return replace(draft, place_text=draft.place_text.replace(before, after)[:200])
    return None


_PIECE_OF_A_PLACE: Final = 2
"""Characters from which a message may be a piece of the place that was told in several."""


def _medium(turn: Turn, words: str) -> str:
    return next(iter(told_in.mediums_told(turn, words)), "")


def _pays(words: str) -> str:
    """Whether the words alone say that money was paid, as the question about it is answered: yes, no, or nothing."""
    heard = plain(words)
    if alarms.says_paid(words) or paid_plainly(heard) == "paid.yes":
        return "yes"
    if alarms.says_not_paid(words) or paid_plainly(heard) == "paid.no" or is_saying(heard, vocabulary.NO):
        return "no"
    return ""


def _added(turn: Turn, state: State, words: str, notes: tuple[Reply, ...]) -> Step:
    """Words put under a photo that was sent without: they belong to what it belongs to."""
    draft, loose = state.draft, state.loose
    if loose.evidence_ids:
        loose = replace(loose, words=_joined(loose.words, words))
        return Step(state.but(loose=loose), (*notes, _noted(turn)))
    if draft is not None:
        draft = replace(draft, words=_joined(draft.words, words))
        return Step(state.but(draft=draft), (*notes, _noted(turn)))
    return Step(state, notes, (AmendTip("", words),))


def _joined(words: str, more: str) -> str:
    return "\n".join(filter(None, (words, more)))[:MOST_WORDS]


def _noted(turn: Turn) -> Reply:
    return turn.tell(turn.say("report.noted"))


def _replaced(words: str, before: str, after: str) -> str:
    """The words with one message changed; whole lines only, so that no piece of another message is touched."""
    lines, sought = words.split("\n"), before.split("\n")
    for start in range(len(lines) - len(sought) + 1):
        if lines[start : start + len(sought)] == sought:
            return "\n".join((*lines[:start], after, *lines[start + len(sought) :]))[:MOST_WORDS]
    return words
