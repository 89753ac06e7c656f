"""Identifiers and receipts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.ids import new_id, new_receipt, read_receipt


def test_ids_sort_by_the_moment_they_were_made() -> None:
    made = [new_id("tip") for _ in range(2000)]
    assert made == sorted(made)


def test_no_two_ids_are_alike() -> None:
    assert len({new_id("tip") for _ in range(5000)}) == 5000


def test_a_receipt_is_read_back_in_any_spacing_and_case() -> None:
    receipt = new_receipt()
    for written in (receipt, receipt.lower(), receipt.replace("-", " "), f" {receipt.replace('-', '')}。"):
        assert read_receipt(written) == receipt


@given(st.integers(3, 12), st.sampled_from("23456789ABCDEFGHJKLMNPQRSTUVWXYZ"))
def test_any_single_wrong_character_is_noticed(position: int, letter: str) -> None:
    receipt = new_receipt()
    if receipt[position] in ("-", letter):
        return
    assert read_receipt(receipt[:position] + letter + receipt[position + 1 :]) is None


@pytest.mark.parametrize("text", ["", "QS", "QS-1234-5678-9", "13800138000", "QS-ABCD-EFGH", "你好"])
def test_what_is_no_receipt_is_refused(text: str) -> None:
    assert read_receipt(text) is None


@given(st.text())
def test_reading_a_receipt_never_raises(text: str) -> None:
    read_receipt(text)
