"""What a button carries: its option, sealed for one chat and for some days.

A button's data comes back from outside, at most 64 bytes of it. Sealed, it tells nobody what it means, cannot be made
up, works only in the chat that was asked, and ends by itself; nothing has to be kept for it, so that it also works after
a restart and in another process. It cannot be unsealed after the bot's token was changed; such a button is old.
"""

import base64
import binascii
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from bot.conversation.messages import Chose
from bot.conversation.replies import Choice

GOOD_FOR: Final = timedelta(hours=72)
"""How long a button works at the least, as long as a draft is kept; twice that at the most."""
MOST_BYTES: Final = 64
"""Of a button's data."""
_MARK: Final = 2
STALE: Final = Chose("stale")
"""An option that nobody offers: the conversation says so kindly and asks its open question again."""


class Buttons:
    """Seals and unseals the data of one bot's buttons."""

    def __init__(self, token: str) -> None:
        self._sealing = AESSIV(sha256(b"qianshao telegram buttons\0" + token.encode()).digest())

    def data(self, chat_id: int, choice: Choice, at: datetime) -> str:
        """The data of a button for this choice: at most 64 ASCII characters, the same for the same hour of days."""
        content = bytes.fromhex(choice.mark) + choice.key.encode()
        sealed = self._sealing.encrypt(content, _bound(chat_id, _period(at)))
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def pressed(self, chat_id: int, data: str, at: datetime) -> Chose:
        """What pressing it means; `STALE` for one that is too old, was not shown to this person, or is made up."""
        try:
            sealed = base64.urlsafe_b64decode(data.encode("ascii") + b"=" * (-len(data) % 4))
        except (binascii.Error, UnicodeEncodeError, ValueError):
            return STALE
        for period in (_period(at), _period(at) - 1):
            try:
                content = self._sealing.decrypt(sealed, _bound(chat_id, period))
            except (InvalidTag, ValueError):
                continue
            return Chose(content[_MARK:].decode(), as_shown=content[:_MARK].hex())
        return STALE


def _period(at: datetime) -> int:
    return int(at.timestamp() // GOOD_FOR.total_seconds())


def _bound(chat_id: int, period: int) -> list[bytes]:
    return [str(chat_id).encode(), str(period).encode()]
