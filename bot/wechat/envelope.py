"""WeChat's envelope: whose call it is, and how an answer is wrapped. The only file that knows wechatpy.

The rules are those of the Official Account's pages on pushes: SHA-1 over the sorted token, timestamp and
nonce (and ciphertext); AES-256-CBC with PKCS#7 to 32 bytes around 16 random bytes, a length, the message
and the AppID.

Guarded here, because wechatpy 1.8.18 does not: its comparison of signatures tells by time, it knows no time
window, its decryption raises anything from IndexError to struct.error, `]]>` in a reply's text breaks out of
CDATA, and its random bytes come from a guessable generator.
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException
from wechatpy.replies import TextReply

from bot.wechat.elements import NO_SIGNS_OF_XML, Malformed, read_fields
from foundation.errors import Refusal, SettingWrong
from foundation.settings import WeChatSettings

WINDOW_SECONDS = 300
"""How old, or how far ahead, a call may be. WeChat's own retries come within seconds; the clock may be a
little off.
"""

_AES_BLOCK = 16
_IDENTITY = re.compile(r"[\w@.\-]{1,128}", re.ASCII)
_SEALED_REPLY = (
    "<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
    "<TimeStamp>{timestamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
)


class NotFromWeChat(Refusal):
    """The call does not prove that WeChat made it: {reason}."""


class _Cipher(PrpCrypto):  # type: ignore[misc]
    """wechatpy's cipher with random bytes that nobody can foretell."""

    def get_random_string(self) -> str:
        return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Push:
    """A verified message or event. `fields` are its texts, nested ones as `Parent.Child`; `raw` is the plain
    XML or JSON.

    `kind` (MsgType) and `event` (Event, or empty) are in lower case.
    """

    kind: str
    event: str
    sender: str
    account: str
    fields: Mapping[str, str]
    raw: bytes
    cipher: _Cipher | None
    """What opened it and therefore seals the answer; None in plain mode."""


class Envelope:
    """Opens what WeChat pushes to one Official Account and wraps what we answer."""

    def __init__(self, settings: WeChatSettings) -> None:
        """Raises SettingWrong for an EncodingAESKey that is none; after a comma the previous key may
        follow.
        """
        self._token = settings.token.get_secret_value()
        self._app_id = settings.app_id
        keys = settings.encoding_aes_key.get_secret_value().split(",")
        self._ciphers = [_Cipher(_aes_key(key.strip())) for key in keys if key.strip()]

    def echo(self, query: Mapping[str, str], at: datetime) -> str:
        """The answer to the URL check. Raises NotFromWeChat."""
        self._check(query, at, "signature")
        return query.get("echostr", "")

    def open(self, query: Mapping[str, str], body: bytes, at: datetime) -> Push:
        """Verifies and reads a push, plain or sealed. Raises NotFromWeChat or Malformed."""
        if query.get("encrypt_type", "raw") != "aes":
            # In plain mode the signature covers no body: anything from a proxy to a log that sees one call
            # can write another within the window. That is the platform's contract; secure mode closes it, so
            # whoever has configured a key is no longer served in the clear.
            self._check(query, at, "signature")
            if self._ciphers:
                raise NotFromWeChat(reason="it is in the clear, and an EncodingAESKey is configured")
            return _read(_as_text(body), body, None)
        sealed = _needed(read_fields(_as_text(body)), "Encrypt")
        self._check(query, at, "msg_signature", sealed)
        plain, cipher = self._unseal(sealed)
        return _read(plain, plain.encode(), cipher)

    def wrap(self, push: Push, text: str, at: datetime) -> bytes:
        """A passive text reply to `push`, sealed if the push was: XML also where pushes come as JSON, because a
        JSON reply shows the user that the account is out of order.
        """
        timestamp = int(at.timestamp())
        reply = TextReply(
            source=push.account, target=push.sender, content=_within_cdata(text), time=timestamp
        )
        xml: str = reply.render()
        if push.cipher is None:
            return xml.encode()
        encrypt = push.cipher.encrypt(xml, self._app_id).decode()
        nonce = secrets.token_hex(8)
        signature = _signature(self._token, str(timestamp), nonce, encrypt)
        return _SEALED_REPLY.format(
            encrypt=encrypt, signature=signature, timestamp=timestamp, nonce=nonce
        ).encode()

    def _check(self, query: Mapping[str, str], at: datetime, name: str, *signed: str) -> None:
        timestamp = query.get("timestamp", "")
        expected = _signature(self._token, timestamp, query.get("nonce", ""), *signed)
        if not hmac.compare_digest(expected.encode(), query.get(name, "").encode("utf-8", "replace")):
            raise NotFromWeChat(reason="the signature is wrong")
        if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16):
            raise NotFromWeChat(reason="it has no timestamp")
        if abs(at.timestamp() - int(timestamp)) > WINDOW_SECONDS:
            raise NotFromWeChat(reason="it is too old, or the clock is wrong")

    def _unseal(self, sealed: str) -> tuple[str, _Cipher]:
        try:
            length = len(base64.b64decode(sealed, validate=True))
        except (binascii.Error, ValueError):
            raise Malformed(reason="the ciphertext is not base64") from None
        if not length or length % _AES_BLOCK:
            raise Malformed(reason="the ciphertext is not whole")
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(sealed, self._app_id), cipher
            except (InvalidAppIdException, ValueError, IndexError, struct.error):
                continue  # the other key may be the right one; a wrong key gives noise and so a wrong AppID
        raise NotFromWeChat(reason="no key of ours opens it, or it is for another AppID")


def _aes_key(text: str) -> bytes:
    try:
        key = base64.b64decode(f"{text}=", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise SettingWrong(
            setting="QIANSHAO_WECHAT__ENCODING_AES_KEY",
            reason="it is not 43 letters and digits as WeChat shows them",
        )
    return key


def _signature(*parts: str) -> str:
    digest = hashlib.sha1(
        b"".join(sorted(part.encode("utf-8", "replace") for part in parts)), usedforsecurity=False
    )  # what WeChat prescribes
    return digest.hexdigest()


def _as_text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed(reason="it is not UTF-8") from None


def reread(raw: bytes) -> Push:
    """A push from what was kept of it (`Push.raw`). Raises Malformed."""
    return _read(_as_text(raw), raw, None)


def _read(body: str, raw: bytes, cipher: _Cipher | None) -> Push:
    fields = read_fields(body)
    sender, account = _needed(fields, "FromUserName"), _needed(fields, "ToUserName")
    if not (_IDENTITY.fullmatch(sender) and _IDENTITY.fullmatch(account)):
        raise Malformed(reason="sender or receiver is no identity")
    kind = _needed(fields, "MsgType").lower()
    return Push(kind, fields.get("Event", "").lower(), sender, account, fields, raw, cipher)


def _needed(fields: Mapping[str, str], name: str) -> str:
    value = fields.get(name, "")
    if not value:
        raise Malformed(reason=f"{name} is missing")
    return value


def _within_cdata(text: str) -> str:
    return NO_SIGNS_OF_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")
