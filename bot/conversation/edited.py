"""Words that a citizen changed after sending them: what is being written is put right, what was submitted gets a version.

The first version is never lost: a draft takes its earlier words along, and a tip's own words stay as they came.
"""

from dataclasses import replace

from bot.conversation.effects import AmendTip
from bot.conversation.messages import Edited
from bot.conversation.personal_numbers import mask_own_phone, mask_personal_numbers
from bot.conversation.replies import Reply
from bot.conversation.state import MOST_WORDS, State
from bot.conversation.turn import Step, Turn

MOST_EDITS = 20
"""Of one draft; further ones change the words and keep no version."""


def put_right(turn: Turn, state: State, edited: Edited) -> Step:
    """The draft with the new words; an `AmendTip` where no draft has the old ones; silence where nothing changed, or nobody
    knows what did."""
    before, _ = mask_personal_numbers(edited.before.strip())
    after, had_numbers = mask_personal_numbers(edited.after.strip())
    if state.minimal:
        before, _ = mask_own_phone(before)
        after, had_own = mask_own_phone(after)
        had_numbers = had_numbers or had_own
    notes = (turn.tell(turn.say("warn.personal_numbers")),) if had_numbers else ()
    if not after or before == after or not edited.on_record:
        return Step(state, notes)
    if not before:
        return _added(turn, state, after, notes)
    draft = state.draft
    if draft is not None and (
        before == draft.place_text or _replaced(draft.words, before, "") != draft.words
    ):
        draft = replace(
            draft,
            words=_replaced(draft.words, before, after),
            place_text=after[:200] if draft.place_text == before else draft.place_text,
            edits=(*draft.edits, (before, after))[:MOST_EDITS],
        )
        return Step(state.but(draft=draft), (*notes, _noted(turn)))
    if (words := _replaced(state.loose.words, before, after)) != state.loose.words:
        return Step(state.but(loose=replace(state.loose, words=words)), (*notes, _noted(turn)))
    return Step(state, notes, (AmendTip(before, after),))


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
