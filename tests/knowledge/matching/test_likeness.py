"""Likeness: texts that are nearly the same find each other."""

import random
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.likeness import BANDS, bands, likeness, signature

LEAFLET = (
    "急用钱找我们！本地私人放款，凭身份证当天拿钱，利息低。\n有房有车额度更高，手续简单。\n"
    "电话13800138000 微信abc_123"
)
SAME_SCHEME = "黑户也能下，三分钟出额度，七天一还，通讯录授权就行，加我QQ123456789"
EDITED = {
    "another contact": LEAFLET.replace("13800138000", "19900000000").replace("abc_123", "qianshao_9"),
    "lines reordered": "\n".join(reversed(LEAFLET.split("\n"))),
    "traditional script": LEAFLET.translate(str.maketrans("钱们证当额简单电话车", "錢們證當額簡單電話車")),
    "homoglyphs": LEAFLET.replace("放款", "放kuan")
    .replace("身份证", "身份証")
    .replace("1380013", "１３８００１３"),
    "homophones": LEAFLET.replace("利息", "力息").replace("额度", "鹅度").replace("放款", "放宽"),
    "separators": LEAFLET.replace("放款", "放*款").replace("利息", "利 息").replace("电话", "电\u200b话"),
    "decoration": LEAFLET.replace("，", "✨").replace("。", "🔥") + "🎉🎉",
}


@pytest.mark.parametrize("kind", EDITED)
def test_an_edited_copy_is_the_same_text(kind: str) -> None:
    assert likeness(LEAFLET, EDITED[kind]) >= 0.9


@pytest.mark.parametrize("kind", EDITED)
def test_an_edited_copy_is_found_by_a_shared_band(kind: str) -> None:
    assert set(bands(signature(LEAFLET))) & set(bands(signature(EDITED[kind])))


def test_what_stands_behind_an_address_without_a_blank_is_compared_too() -> None:
    assert likeness("www.dai.example，" + LEAFLET, "www.other.example，" + LEAFLET) >= 0.9
    assert likeness("www.dai.example，" + LEAFLET, "www.dai.example，" + SAME_SCHEME) < 0.6


def test_other_words_for_the_same_scheme_are_another_text() -> None:
    assert likeness(LEAFLET, SAME_SCHEME) < 0.6
    assert not set(bands(signature(LEAFLET))) & set(bands(signature(SAME_SCHEME)))


def test_the_search_works_in_an_ordinary_table() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("create table likeness_band (key bigint, text_id text)")
    for name, text in {**EDITED, "other": SAME_SCHEME}.items():
        database.executemany(
            "insert into likeness_band values (?, ?)", [(key, name) for key in bands(signature(text))]
        )
    keys = bands(signature(LEAFLET))
    marks = ",".join("?" * len(keys))
    found = database.execute(f"select distinct text_id from likeness_band where key in ({marks})", keys)
    assert {name for (name,) in found} == set(EDITED)


def test_a_text_without_words_has_no_signature_and_resembles_nothing() -> None:
    assert signature("🙂🙂") == ()
    assert bands(()) == ()
    assert likeness("🙂", LEAFLET) == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0.0 <= likeness(one, other) <= 1.0


@given(st.text(max_size=60))
def test_keys_fit_a_signed_integer_column(text: str) -> None:
    keys = bands(signature(text))
    assert len(keys) in (0, BANDS)
    assert all(0 <= key < 2**63 for key in keys)


def test_the_keys_are_independent_of_each_other() -> None:
    """Pieces are the least of a text about equally often, so that losing one piece loses few keys."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    found = []
    for number in range(200):
        picker = random.Random(number)
        text = "".join(picker.choice(letters) for _ in range(60))
        changed = text[:30] + ("q" if text[30] != "q" else "z") + text[31:]
        found.append(len(set(bands(signature(text))) & set(bands(signature(changed)))))
    assert min(found) >= 8  # about (55/61)^4 of 28 keys stay, that is 18
    assert 16 <= sum(found) / len(found) <= 21
