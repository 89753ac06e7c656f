"""Nobody is told the very same thing three times in a row."""

import zlib
from typing import Final

from bot.conversation.replies import Reply
from bot.conversation.state import State
from bot.conversation.turn import Turn

_SLOWLY: Final = {2: "repeat.first", 0: "repeat.second"}
"""What is said first when the same answer is due for the third, sixth… and for the fourth, seventh… time."""


def varied(turn: Turn, state: State, replies: tuple[Reply, ...]) -> tuple[State, tuple[Reply, ...]]:
    """Nobody is told the very same thing three times in a row: then something is said before it. Stop-loss and
    distress have their own second answers."""
    if not replies:
        return state, replies
    told = zlib.crc32("\n".join(reply.text for reply in replies).encode())
    times = state.times_told + 1 if told == state.last_told else 0
    state = state.but(last_told=told, times_told=times)
    key = _SLOWLY.get(times % 3) if times else None
    if key is None or replies[-1].urgent:
        return state, replies
    return state, (*replies[:-1], replies[-1].after(turn.say(key)))
