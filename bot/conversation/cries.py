"""Despair in whatever a citizen sends: in one message, in short ones that follow each other, under a picture, in the name of a
place, in words that were changed afterwards. Total and pure."""

from typing import Final

from bot.conversation.commands import OPTION_OF
from bot.conversation.despair import says_despair
from bot.conversation.state import State
from bot.conversation.turn import Turn
from bot.conversation.understanding import command_in, is_latin, plain, size

_SHORT: Final = 8
"""Characters of Chinese up to which a message may be a piece of a sentence: “我” “不想” “活了”."""
_MOST_PIECES: Final = 5
_ONE_UTTERANCE: Final = 120
"""Seconds from one piece to the next. Who types with one finger needs that long."""


def cry_in(turn: Turn, state: State, text: str) -> str:
    """The words that speak of ending a life, whole where they came in pieces; empty where there are none."""
    if not text.strip():
        return ""
    if says_despair(text):
        return text.strip()
    if not state.just_said or not turn.within(_ONE_UTTERANCE) or not _is_piece(text):
        return ""
    together = (" " if is_latin(text) else "").join((*state.just_said, text.strip()))
    return together if says_despair(together) else ""


def keep_piece(turn: Turn, state: State, text: str) -> State:
    """The state with a short message kept, so that the next one can be heard together with it."""
    before = state.just_said if turn.within(_ONE_UTTERANCE) else ()
    pieces = (*before, text.strip())[-_MOST_PIECES:] if _is_piece(text) else ()
    return state if pieces == state.just_said else state.but(just_said=pieces)


def _is_piece(text: str) -> bool:
    """Whether it is a few words, no number, and nothing that opens a dialogue (“我要举报”)."""
    heard = plain(text)
    if command_in(heard) in OPTION_OF:
        return False
    return (
        bool(heard)
        and size(heard) <= _SHORT
        and not heard.startswith("/")
        and not any(c.isdigit() for c in heard)
    )
