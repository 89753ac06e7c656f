"""Sealing: AES-256-GCM with a data key for each reporter or file, wrapped by a master key that can be rotated."""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.errors import Refusal, SettingWrong

KEY_BYTES = 32
_NONCE_BYTES = 12


class SealBroken(Refusal):
    """What was sealed cannot be opened: it was changed, or its key is gone."""


class MasterKeyUnknown(Refusal):
    """The master key “{key_id}” that sealed this is not among QIANSHAO_MASTER_KEYS."""


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A data key that only a master key can open: `key_id` says which."""

    key_id: str
    wrapped: bytes


class MasterKeys:
    """The master keys of this deployment, the current one first; older ones only open."""

    def __init__(self, keys: dict[str, bytes]) -> None:
        if not keys:
            raise ValueError("at least one master key")
        self._keys = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self.current = next(iter(keys))

    @classmethod
    def parse(cls, text: str) -> "MasterKeys":
        """Reads `id:base64,id:base64`. Raises SettingWrong without echoing any key."""
        keys: dict[str, bytes] = {}
        for number, part in enumerate((p.strip() for p in text.split(",") if p.strip()), start=1):
            key_id, colon, encoded = part.partition(":")
            try:
                key = base64.b64decode(encoded, validate=True)
            except binascii.Error:
                key = b""
            if not colon or not key_id or len(key) != KEY_BYTES or key_id in keys:
                raise SettingWrong(
                    setting="QIANSHAO_MASTER_KEYS",
                    reason=f"entry {number} is not a new id, a colon and the base64 of {KEY_BYTES} bytes",
                )
            keys[key_id] = key
        if not keys:
            raise SettingWrong(setting="QIANSHAO_MASTER_KEYS", reason="it holds no key")
        return cls(keys)

    def wrap(self, key: bytes) -> WrappedKey:
        """Wraps a data key with the current master key."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._keys[self.current].encrypt(nonce, key, self.current.encode())
        return WrappedKey(self.current, nonce + sealed)

    def unwrap(self, key: WrappedKey) -> bytes:
        """Opens a wrapped data key. Raises MasterKeyUnknown or SealBroken."""
        master = self._keys.get(key.key_id)
        if master is None:
            raise MasterKeyUnknown(key_id=key.key_id)
        try:
            return master.decrypt(key.wrapped[:_NONCE_BYTES], key.wrapped[_NONCE_BYTES:], key.key_id.encode())
        except (InvalidTag, ValueError):  # ValueError: not even a whole nonce is left
            raise SealBroken from None


def new_key() -> bytes:
    """A fresh data key."""
    return os.urandom(KEY_BYTES)


def new_master_key(key_id: str) -> str:
    """A fresh entry for QIANSHAO_MASTER_KEYS."""
    return f"{key_id}:{base64.b64encode(new_key()).decode()}"


def seal(key: bytes, plain: bytes, purpose: str) -> bytes:
    """Seals `plain`; `purpose` is bound in, so that a sealed name cannot be passed off as a sealed address."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, purpose.encode())


def unseal(key: bytes, sealed: bytes, purpose: str) -> bytes:
    """Opens what `seal` made. Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError):
        raise SealBroken from None


def keyed_hash(secret: bytes, purpose: str, value: str) -> str:
    """A lookup value for `value` that nobody without `secret` can compute; 64 hex digits."""
    return hmac.new(secret, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def sha256_hex(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
