"""What a term means is found however it is written; a lawful word is never explained as a scheme."""

from pathlib import Path

import pytest

from bot.conversation.languages import Language, in_traditional
from bot.conversation.state import Style
from bot.conversation.wording import phrases
from knowledge.schemes.catalogue import PackFault, read_pack
from knowledge.schemes.meanings import Meanings, shipped_meanings
from knowledge.schemes.terms import read_terms
from moderation.promises import promise_in


@pytest.fixture(scope="module")
def shipped() -> Meanings:
    """As it ships."""
    return shipped_meanings(read_pack())


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("反催收", "反催收联盟"),
        ("反催收联盟", "反催收联盟"),
        ("那个征信修复广告", "花钱洗征信"),
        ("征信修復", "花钱洗征信"),
        ("代里退保", "代理全额退保"),
        ("跑分", "跑分、借收款码"),
        ("帮信罪", "卖卡租卡"),
        ("AB贷", "拉亲友见证贷款"),
        ("pig butchering", "杀猪盘假平台"),
        ("Ponzi scheme", "庞氏骗局"),
        ("非法集资", "非法集资"),
        ("电诈", "电信诈骗"),
        ("征信", "征信"),
    ],
)
def test_a_term_is_known_by_any_of_its_names(shipped: Meanings, term: str, name: str) -> None:
    meaning = shipped.of(term)
    assert meaning is not None
    assert meaning.name == name


@pytest.mark.parametrize(
    "term",
    [
        "理财",
        "信用卡",
        "贷款",
        "基金",
        "国债",
        "股票",
        "保单",
        "账户",
        "违规",
        "this",
        "你的名字",
        "",
        "回执号",
    ],
)
def test_a_lawful_or_an_unknown_word_is_not_explained(shipped: Meanings, term: str) -> None:
    assert shipped.of(term) is None


def test_every_term_and_every_scheme_is_explained_in_every_language_and_style(shipped: Meanings) -> None:
    names = [scheme.name for scheme in read_pack().values()] + [term.name for term in read_terms()]
    for name in names:
        meaning = shipped.of(name)
        assert meaning is not None, name
        for language, said in (
            (Language.SIMPLIFIED, (meaning.name, meaning.about, meaning.plain)),
            (
                Language.TRADITIONAL,
                tuple(map(in_traditional, (meaning.name, meaning.about, meaning.plain))),
            ),
            (Language.ENGLISH, (meaning.english, meaning.english_about, meaning.english_plain)),
        ):
            assert all(said), (name, language)
            assert not any(map(promise_in, said)), (name, language)
            term, about, plain = said
            big = phrases(language, Style.BIG)["ask.meaning"].format(name=term, about=about, plain=plain)
            assert len(big) <= 80, (name, language)


def test_a_file_of_terms_that_is_none_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "terms.toml"
    file.write_text('[x]\nname = "甲"\n')
    with pytest.raises(PackFault):
        read_terms(file)
