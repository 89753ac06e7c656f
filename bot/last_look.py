"""The last look at what goes out: no sentence that promises leaves, whoever wrote it and over whatever channel.

Officers' words are refused as they are written and packs as they are loaded (`moderation.promises`); this is for what came in
by another way, or before a rule was made. Every reply of every channel passes here, for all of them are led by `Talk`.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.dialogues.report_questions import SHORTENED_TO, short
from bot.conversation.own_notes import read_back
from bot.conversation.replies import Reply
from bot.conversation.state import State
from moderation.promises import promise_in

log = logging.getLogger(__name__)

_SENTENCE: Final = re.compile(r"[^。！？!?\n]*(?:[。！？!?\n]+|$)")
_STANDS_FOR: Final = 0xE000
"""The first of Unicode's private characters: what stands for the citizen's own words while ours are looked at."""


def without_promises(reply: Reply, states: Sequence[State], instead: str) -> Reply:
    """The reply without the sentences that promise; `instead` where nothing is left. What the citizen said themselves,
    as the conversation's `states` before and after know it, is read back to them as they said it."""
    if not promise_in(reply.text):
        return reply
    own = _own_words(states)
    text = reply.text
    for number, words in enumerate(own):
        text = text.replace(words, chr(_STANDS_FOR + number))
    if not (found := promise_in(text)):
        return reply
    log.error("words that promise were taken out of an answer", extra={"words": found})
    kept = "".join(part for part in _SENTENCE.findall(text) if not promise_in(part)).strip()
    if promise_in(kept):
        kept = ""
    for number, words in enumerate(own):
        kept = kept.replace(chr(_STANDS_FOR + number), words)
    return replace(reply, text=kept or instead)


def _own_words(states: Sequence[State]) -> tuple[str, ...]:
    """What may be read back of this person's own, whole and shortened, the longest first."""
    told: list[str] = []
    for state in states:
        told += [state.asked.text, state.tips.words]
        if state.draft is not None:
            told += [state.draft.words, state.draft.place_text]
            told += [
                read_back(words, state.language) for words in (state.draft.words, state.draft.place_text)
            ]
    shown = {short(words, limit) for words in told if words for limit in (*SHORTENED_TO, 4000)}
    return tuple(sorted(shown, key=len, reverse=True))
