"""Replies as WeChat can show them: numbered text, in messages of at most 2,048 bytes and 600 characters.

Options that can be tapped (`msgmenu`) are not open to every kind of account, not in the answer to a push, and stand so
close together that a tap goes wrong easily: the numbers are always there, and may always be typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.channels import Division
from bot.conversation.rendering import KEYS, as_numbered_text
from bot.conversation.replies import Reply
from bot.cutting import cut, utf8_size
from bot.pictures import apart, words_first

MOST_BYTES = 2048
"""Of one text message. WeChat states no limit for passive replies; this one is known to pass everywhere."""
_MOST_HAN = 600
"""Wide characters of one; some accounts were refused more, though 2,048 bytes would hold 682."""


def size(text: str) -> int:
    """How much of a message's `MOST_BYTES` a text takes: its bytes, or what its wide characters come to if that is more."""
    wide = sum(sign > "\xff" for sign in text)
    return max(utf8_size(text), wide * MOST_BYTES // _MOST_HAN)


def as_text(replies: Sequence[Reply]) -> str:
    """Several replies as one message; a passive answer may hold no more than one."""
    return "\n\n".join(text for text in (as_numbered_text(reply).strip() for reply in replies) if text)


def divide(replies: Sequence[Reply]) -> Division:
    """As many replies as fit one message, and the rest. A reply that is too long alone is cut at a
    sentence's end; its choices stay with its last part. A picture comes on its own.
    """
    with_words = words_first(replies)
    if with_words.later:
        words = divide([reply for reply in with_words.now if as_text([reply])])
        return Division(words.now, (*words.later, *with_words.later))
    now: list[Reply] = []
    for position, reply in enumerate(replies):
        if size(as_text([*now, reply])) > MOST_BYTES:
            if now:
                return Division(tuple(now), tuple(replies[position:]))
            head, tail = _halve(reply)
            return Division((head,), (*tail, *replies[position + 1 :]))
        now.append(reply)
    return Division(tuple(now))


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `options` are the answers it ends with, which can be tapped where the account has that;
    `without_options` is its text then."""

    text: str
    options: tuple[tuple[str, str], ...] = ()
    """(key, label), the label with its number in front."""
    without_options: str = ""
    picture: str = ""
    """Its id, where the message is a picture and nothing else."""


def messages(replies: Sequence[Reply]) -> list[Message]:
    """The fewest messages that say all of it: each counts against the few that WeChat allows."""
    made: list[Message] = []
    while replies:
        if replies[0].picture:
            words, picture = apart(replies[0])
            if words.text.strip():
                made += messages([words])
            made.append(Message("", picture=picture.picture))
            replies = replies[1:]
            continue
        shown = next((n for n, reply in enumerate(replies) if reply.picture), len(replies))
        division = divide(replies[:shown])
        replies = (*division.later, *replies[shown:])
        texts = cut(as_text(division.now), MOST_BYTES, size)
        made += [Message(text) for text in texts]
        if len(texts) == 1:
            made[-1] = _with_options(texts[0], division.now)
    return made


def _with_options(text: str, replies: Sequence[Reply]) -> Message:
    *before, last = replies
    if not last.choices or any(reply.choices for reply in before):
        return Message(text)
    numbered = ((str(number), choice) for number, choice in enumerate(last.choices, start=1))
    standing = ((KEYS[choice.id], choice) for choice in last.standing)
    options = tuple((choice.id, f"{number} {choice.label}") for number, choice in (*numbered, *standing))
    return Message(text, options, as_text([*before, replace(last, choices=(), standing=())]))


def _halve(reply: Reply) -> tuple[Reply, tuple[Reply, ...]]:
    pieces = cut(reply.text, MOST_BYTES, size)
    if not pieces:  # the choices alone are too long: nothing can be split off
        return reply, ()
    head = replace(reply, text=pieces[0], choices=(), standing=(), wants="")
    return head, (replace(reply, text=reply.text.strip()[len(pieces[0]) :].strip()),)
