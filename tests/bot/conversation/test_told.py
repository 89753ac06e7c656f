"""Time, place, contact and money in a citizen's own words."""

import pytest

from bot.conversation.told import (
    amount_band_in,
    has_contact,
    mediums_in,
    sounds_like_place,
    sounds_like_question,
    time_in,
)


@pytest.mark.parametrize(
    ("text", "when"),
    [("昨天下午在菜场看到的", "昨天下午"), ("大前天", "大前天"), ("天天有人来", "天天"), ("菜场门口", "")],
)
def test_time_is_kept_in_their_words(text: str, when: str) -> None:
    assert time_in(text) == when


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("转了2000块", "under_10k"),
        ("交了5万", "10k_100k"),
        ("三万块", "10k_100k"),
        ("十二万", "100k_1m"),
        ("前后一百万", "over_1m"),
        ("交了8000元又交了2万", "10k_100k"),
        ("2百万", "over_1m"),
        ("没有数目", None),
        ("12,000元", "10k_100k"),
    ],
)
def test_sums_are_sorted_into_bands(text: str, band: str | None) -> None:
    assert amount_band_in(text) == band


@pytest.mark.parametrize("text", ["人民路12号", "菜场门口", "光明小区", "我家楼下", "李家村"])
def test_places_sound_like_places(text: str) -> None:
    assert sounds_like_place(text)


def test_contact_is_seen() -> None:
    assert has_contact("电话13800138000")
    assert has_contact("加微信")
    assert not has_contact("有人说能办贷款")


def test_questions_are_told_from_answers() -> None:
    assert sounds_like_question("这要多久")
    assert not sounds_like_question("菜场门口")


def test_the_longest_word_names_the_medium() -> None:
    words = {"wechat_group": ("群", "微信"), "short_video": ("视频", "视频号")}
    assert mediums_in("视频号里刷到的", words)[0] == "short_video"
    assert mediums_in("不是微信，是视频", words)[0] == "short_video"
    assert mediums_in("菜场", words) == ()
