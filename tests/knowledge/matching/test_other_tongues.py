"""What is told in English or written Cantonese is heard in the Chinese of the pack."""

import pytest

from knowledge.learning.fitting import shipped_matcher
from knowledge.matching.cantonese import Cantonese, shipped_cantonese
from knowledge.matching.english import English, shipped_english
from knowledge.matching.matcher import Matcher
from knowledge.matching.normalize import normalize
from knowledge.matching.result import Verdict
from knowledge.matching.wordlists import ListedTwice
from knowledge.schemes.catalogue import read_pack


@pytest.fixture(scope="module")
def shipped() -> Matcher:
    """As it ships."""
    return shipped_matcher(read_pack())


TOLD = (
    ("They say they can fix my credit record if I pay 3000 first", "credit_repair"),
    ("A man on WhatsApp told me to invest in crypto, guaranteed 30% a month", "crypto_ponzi"),
    ("The police called and told me to transfer my savings to a safe account", "fake_police"),
    ("Someone wants to rent my bank card for 500 a month", "account_rental"),
    ("Part time job, like videos and top up first, then they pay commission", "brush_rebate"),
    (
        "they told my mother to prepay 80000 for a nursing home bed with 8% interest every year",
        "ifr_elder_care",
    ),
    ("佢話交三千蚊就可以幫我洗白信貸記錄", "credit_repair"),
    ("有人叫我入個群一齊投訴銀行，話咁就唔使還錢", "anti_collection"),
    ("差人打俾我話我洗黑錢，要我即刻過數去安全賬戶", "fake_police"),
    ("條友話租我張銀行卡，一個月俾五百蚊我", "account_rental"),
)
HARMLESS = (
    "What is the interest rate of your fixed deposit?",
    "How do I apply for a mortgage at the bank, and what documents do I need?",
    "My credit card payment is late by two days, what should I do?",
    "Police will never ask you to transfer money to a safe account. Hang up and call 110.",
    "Good morning! Is anybody there? I would like to talk to a person.",
    "聽日落雨，你記得帶遮呀",
    "我想問吓信用卡嘅年費係幾多，點樣可以唔使俾",
    "唔好信啲話可以洗白信貸記錄嘅人，全部都係呃人嘅",
)


@pytest.mark.parametrize(("text", "scheme"), TOLD)
def test_a_scam_told_in_another_tongue_is_named(shipped: Matcher, text: str, scheme: str) -> None:
    assert scheme in [match.code for match in shipped.match(text).schemes[:2]]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_in_another_tongue_stay_without_a_verdict(shipped: Matcher, text: str) -> None:
    assert shipped.match(text).verdict is Verdict.NONE


def test_a_clue_underlines_the_english_words_that_were_sent(shipped: Matcher) -> None:
    text = "Hello, we do CREDIT REPAIR, no success no fee, add me on wechat"
    clues = [clue for match in shipped.match(text).schemes for clue in match.clues if clue.span]
    assert "CREDIT REPAIR" in {clue.query.strip(" ,") for clue in clues}
    assert all(text[slice(*clue.span)] == clue.query for clue in clues if clue.span)


@pytest.mark.parametrize(
    "text",
    [
        "加我微信 add me on wechat 办理贷款",  # Chinese with a little English in it
        "dk8866a",
        "Lorem ipsum dolor sit amet consectetur",
        "see https://credit-repair.example/fix-my-credit-score",
    ],
)
def test_what_is_no_english_stays_as_it_was_sent(text: str) -> None:
    assert shipped_english().words_in(text.lower()) == []


def test_ways_to_be_reached_are_left_alone_in_english() -> None:
    folded = normalize("Need money? Instant loan, call 13800138000 or write to cash@loan.example, id qs_demo")
    assert {"13800138000", "cash@loan.example", "qs_demo"} <= set(folded.text.replace(",", " ").split())


@pytest.mark.parametrize(("text", "_scheme"), TOLD)
def test_hearing_it_twice_changes_nothing(text: str, _scheme: str) -> None:
    once = normalize(text).text
    assert normalize(once).text == once


def test_the_longest_way_to_say_it_is_heard_and_the_word_as_listed_before_its_stem() -> None:
    english = English(
        {"征信": "credit", "征信修复": "credit repair", "月": "month", "每月": "monthly", "修": "repair"}
    )
    heard = [chinese for _, _, chinese in english.words_in("monthly credit repairs month repair")]
    assert heard == ["每月", "征信修复", "月", "修"]


def test_without_a_character_of_its_own_nothing_is_cantonese() -> None:
    cantonese = Cantonese({"说": "话", "不": "唔", "=": "电话"})
    assert cantonese.words_in("他打电话说话") == []
    assert cantonese.words_in("唔话电话") == [(0, 1, "不"), (1, 2, "说"), (2, 4, "电话")]


def test_english_is_heard_at_the_end_of_an_endless_run_that_looks_like_an_address() -> None:
    run = "a-" * 40_000  # went through from each of its characters, this is minutes
    assert [chinese for *_, chinese in shipped_english().words_in(f"{run} credit repair")] == ["征信修复"]


def test_a_way_that_is_listed_twice_is_refused() -> None:
    with pytest.raises(ListedTwice):
        English({"征信": "credit", "信用": "credit"})
    assert shipped_cantonese().words_in("唔使還".replace("還", "还"))
