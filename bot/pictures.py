"""What goes out with a reply's picture: which part of the replies waits for it, and what is said where it cannot be shown."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.channels import Division
from bot.conversation.replies import Reply
from bot.own_words import OwnWords

NOT_SHOWN: Final = OwnWords(
    "（有一张图片，这里发不出来。请回复“人工”，让工作人员用话说给您。）",
    "(There is a picture that cannot be shown here. Reply “staff” and have it told in words.)",
)
"""In the place of a picture that a channel cannot send."""


def words_first(replies: Sequence[Reply]) -> Division:
    """The words of all replies up to the first picture, and the picture with all that follows: no platform takes a file in
    the answer to its own call."""
    for position, reply in enumerate(replies):
        if reply.picture:
            words, picture = apart(reply)
            return Division((*replies[:position], words), (picture, *replies[position + 1 :]))
    return Division(tuple(replies))


def apart(reply: Reply) -> tuple[Reply, Reply]:
    """Its words, which keep their choices, and its picture alone."""
    return replace(reply, picture=""), Reply("", picture=reply.picture, urgent=reply.urgent)


def in_words(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """The same without pictures, for a channel that cannot send any."""
    said = NOT_SHOWN.beside("\n".join(reply.text for reply in replies))
    return tuple(
        replace(reply, picture="", text=f"{reply.text}\n{said}".strip()) if reply.picture else reply
        for reply in replies
    )
