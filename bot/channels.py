"""What every channel offers to the rest of the bot, and what can go wrong with it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Protocol

from bot.conversation.languages import Language
from bot.conversation.messages import Incoming
from bot.conversation.replies import Reply
from foundation.crypto import WrappedKey
from foundation.statements import Write
from reports.notices import NoticeKind


class ChannelName(StrEnum):
    """The channels a citizen can use."""

    wechat = "wechat"
    telegram = "telegram"
    webchat = "webchat"


class Priority(IntEnum):
    """What goes first when not everything can go at once; the lower number first."""

    emergency = 0
    reply = 1
    notice = 2
    campaign = 3


@dataclass(frozen=True, slots=True)
class RemoteMedia:
    """A file that the platform holds: `ref` is what `fetch` needs, `kind` picture, voice, video or file."""

    kind: str
    ref: str


@dataclass(frozen=True, slots=True)
class KeptMedia:
    """A file whose bytes came with the message and are sealed in the store already (web chat)."""

    evidence_id: str
    kind: str
    sealed: tuple[str, WrappedKey, str]
    media_type: str
    size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Before:
    """What a message said before it was changed; `has_file` where it carried the file that it carries now."""

    text: str
    has_file: bool = True


@dataclass(frozen=True, slots=True)
class Edit:
    """New words for a message sent before, and the files that it carries now. `said_in` gives what that very message said
    in a raw message, or None for another one."""

    text: str
    sent_at: datetime
    said_in: Callable[[bytes], Before | None]
    media: "tuple[RemoteMedia, ...]" = ()


Beside = Callable[[str, bytes, Sequence[Reply]], list[Write]]
"""What a channel writes beside the message, together with it: of (contact id, the contact's key, replies)."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message from outside, verified and parsed by its channel, not yet acted on.

    `external_id` is the platform's own id of the message (for a WeChat event: user, time, event and key).
    `incoming` is what it means to the conversation; where `media` is given, the inbox makes evidence rows of it and
    hands the conversation a SentMedia instead; `kept` likewise for files whose bytes came along.
    """

    channel: ChannelName
    external_id: str
    address: str
    raw: bytes
    incoming: Incoming | None
    received_at: datetime
    media: tuple[RemoteMedia, ...] = ()
    kept: tuple[KeptMedia, ...] = ()
    beside: Beside | None = None
    apart: bool = False
    """Whether the answer to this very call would be lost, so that all of it has to follow on its own."""
    album: str = ""
    """Names the pieces that belong together, where each file comes as a message of its own."""
    edit: Edit | None = None
    speaks: str = ""
    """The language tag that came with it (Telegram's `language_code`, a browser's Accept-Language): only a guess,
    and only for somebody who writes for the first time."""


@dataclass(frozen=True, slots=True)
class Division:
    """What goes out in the answer to this very call, and what has to follow on its own."""

    now: tuple[Reply, ...]
    later: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What the inbox did with an arrival. `fresh` is False for a second delivery: the replies are the stored ones."""

    contact_id: str
    replies: tuple[Reply, ...]
    fresh: bool
    language: str = ""
    """What they are spoken to in from now on, where this message changed it."""


class Unreachable(Exception):
    """The person can no longer be reached here (blocked us, unfollowed)."""


class WindowClosed(Exception):
    """The platform allows no message now; hold it until the person's next contact."""


class TryLater(Exception):
    """A passing fault. `seconds` is how long the platform asked us to wait, or None."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class PictureNotTaken(Exception):
    """The platform takes this picture from nobody, however it is sent; what goes with it can still be said."""


Pictures = Callable[[str], Awaitable[bytes]]
"""The JPEG of a reply's picture, by its id; empty where there is none (any more)."""


class MediaGone(Exception):
    """The platform no longer holds the file, or refuses to give it; the argument is a short reason in Chinese."""


class Channel(Protocol):
    """One channel's sending side."""

    name: ChannelName

    def divide(self, replies: Sequence[Reply]) -> Division:
        """Splits replies into what fits the platform's answer to the call and what must be sent afterwards."""
        ...

    async def send(
        self,
        address: str,
        replies: Sequence[Reply],
        *,
        key: str,
        notice: NoticeKind | None = None,
        priority: Priority = Priority.notice,
        language: Language | None = None,
    ) -> None:
        """Sends replies on their own. Raises Unreachable, WindowClosed or TryLater.

        `key` names this delivery; `priority` is what goes first where a channel has to go slowly; `notice` says what
        they tell, where a notice caused them: a channel that may send few messages keeps some for what an officer asks.
        `language` is what the person is spoken to in, for what the channel has to say itself.
        """
        ...

    async def fetch(self, media: RemoteMedia) -> bytes:
        """Gets a file from the platform. Raises MediaGone or TryLater."""
        ...

    async def close(self) -> None:
        """Lets go of connections."""
        ...


class FrontDesk(Protocol):
    """What a channel's door needs of the inbox."""

    async def take_in(self, arrival: Arrival) -> Taken:
        """Records the message, steps the conversation, commits, and gives the replies of this call."""
        ...
