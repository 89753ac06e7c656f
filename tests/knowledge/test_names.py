"""Names of companies against the tiers of restricted words: found, ranked, and never called unlawful."""

import pytest

from knowledge.names import WordTier, names_in, screened
from reports.jurisdictions.jurisdiction import read_jurisdiction

WORDS = read_jurisdiction("demo-county").restricted_words
TIERS = tuple(WordTier(group.tier.value, group.words) for group in WORDS.groups)
HARMLESS = tuple(exception.text for exception in WORDS.exceptions)


def words_of(name: str) -> list[tuple[str, str]]:
    return [pair for found in screened([name], TIERS, HARMLESS) for pair in found.words]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("某某金融服务有限公司", [("金融", "prohibited")]),
        ("某某基金管理有限公司", [("基金管理", "watch")]),
        ("某某股权投资基金合伙企业", [("股权投资基金", "watch")]),
        ("某某財富管理中心", [("财富管理", "prohibited")]),
        ("某某 p2p 网贷平台", [("P2P", "watch"), ("网贷", "watch")]),
        ("某某征信咨询有限公司", [("征信", "watch")]),
        ("某某普惠信息咨询有限公司", [("普惠", "context")]),
        ("某某慈善基金会", []),
        ("支付宝商户", []),
        ("金融街某某餐饮有限公司", []),
        ("老王管道疏通有限公司", []),
    ],
)
def test_the_longest_restricted_word_is_found_and_harmless_names_are_left_alone(
    name: str, words: list[tuple[str, str]]
) -> None:
    assert words_of(name) == words


def test_a_result_says_that_it_proves_nothing() -> None:
    (found,) = screened(["某某理财有限公司"], TIERS, HARMLESS)
    assert found.note.startswith("名称含需重点关注字样，不等于违法")


def test_names_are_found_on_signs_and_behind_labels_and_not_in_slogans() -> None:
    lines = ("某某财富管理中心", "户名：某某投资有限公司", "急用钱找我 无抵押", "基金会不会跌", "微信支付")
    assert names_in(lines) == ("某某财富管理中心", "某某投资有限公司")
