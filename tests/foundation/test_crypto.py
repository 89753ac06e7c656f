"""Sealing."""

import base64

import pytest

from foundation.crypto import (
    MasterKeys,
    MasterKeyUnknown,
    SealBroken,
    WrappedKey,
    new_key,
    new_master_key,
    seal,
    unseal,
)
from foundation.errors import SettingWrong


def test_what_is_sealed_opens_only_for_its_purpose() -> None:
    key = new_key()
    sealed = seal(key, "我的电话".encode(), "phone")
    assert unseal(key, sealed, "phone").decode() == "我的电话"
    with pytest.raises(SealBroken):
        unseal(key, sealed, "name")


def test_a_changed_byte_is_noticed() -> None:
    key = new_key()
    sealed = bytearray(seal(key, b"evidence", "raw"))
    sealed[-1] ^= 1
    with pytest.raises(SealBroken):
        unseal(key, bytes(sealed), "raw")


def test_after_rotation_old_keys_still_open_and_new_ones_wrap() -> None:
    old_entry, new_entry = new_master_key("old"), new_master_key("new")
    key = new_key()
    wrapped = MasterKeys.parse(old_entry).wrap(key)
    rotated = MasterKeys.parse(f"{new_entry},{old_entry}")
    assert rotated.unwrap(wrapped) == key
    assert rotated.wrap(key).key_id == "new"


def test_a_key_whose_master_is_gone_is_said_to_be_unknown() -> None:
    wrapped = MasterKeys.parse(new_master_key("old")).wrap(new_key())
    with pytest.raises(MasterKeyUnknown, match="old"):
        MasterKeys.parse(new_master_key("new")).unwrap(wrapped)


def test_a_wrapped_key_of_another_master_with_the_same_name_does_not_open() -> None:
    wrapped = MasterKeys.parse(new_master_key("a")).wrap(new_key())
    with pytest.raises(SealBroken):
        MasterKeys.parse(new_master_key("a")).unwrap(WrappedKey("a", wrapped.wrapped))


@pytest.mark.parametrize(
    "text", ["", "nokey", "id:", "id:short", "id:" + base64.b64encode(bytes(31)).decode(), ":x"]
)
def test_a_bad_master_key_is_refused_without_echoing_it(text: str) -> None:
    with pytest.raises(SettingWrong) as refused:
        MasterKeys.parse(text)
    assert "QIANSHAO_MASTER_KEYS" in str(refused.value)
    assert "short" not in str(refused.value)
