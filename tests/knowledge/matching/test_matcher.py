"""The matcher as a whole."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.matching import KnownScheme, Lookalike, Matcher, MatchResult, RedFlag, Sense, Verdict
from knowledge.matching.learning import OfferModel

LOAN = KnownScheme(
    code="loan_broker",
    name="不法贷款中介",
    plain_name="冒牌贷款中介",
    aliases=("助贷黑中介", "贷款代办"),
    topic_words=("贷款", "下款", "放款", "黑户", "流水"),
    phrases=(
        "黑户白户都能做，当天放款，不成功不收费",
        "包装流水，银行内部渠道秒批",
        "急用钱找我，只看身份证就下款",
    ),
    red_flags=(RedFlag(("不看征信", "黑户", "包装流水"), "连征信都不看就放款", 0.8),),
    lookalikes=(Lookalike("银行网点办理的贷款", ("银行网点", "柜台办理")),),
)
REPAIR = KnownScheme(
    code="credit_repair",
    name="征信修复",
    plain_name="花钱洗征信",
    aliases=("征信修复", "征信洗白", "铲单"),
    topic_words=("征信", "逾期记录", "洗白"),
    phrases=("三天消除逾期记录，成功再付款", "征信花了别着急，内部渠道帮您洗白"),
    red_flags=(RedFlag(("消除逾期", "内部渠道", "洗白"), "说花钱就能删掉逾期", 0.9),),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher([LOAN, REPAIR])


def test_an_advertisement_is_likely_and_names_its_scheme(matcher: Matcher) -> None:
    result = matcher.match(
        "急用钱找我！黑户白户都能做，包装流水，当天放款，加微信 qianshao_88 电话13800138000"
    )
    assert result.verdict is Verdict.LIKELY
    assert result.sense is Sense.OFFER
    assert result.schemes[0].code == "loan_broker"
    assert {i.canonical for i in result.indicators} >= {"qianshao_88", "13800138000"}


def test_disguise_does_not_hide_it(matcher: Matcher) -> None:
    result = matcher.match("征❤洗bai，消除鱼期记录，内部渠道，成功再付，➕V：abc_123")
    assert result.verdict is Verdict.LIKELY
    assert result.schemes[0].code == "credit_repair"
    assert result.disguise > 0.5


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("我的贷款怎么还没有放款？", Sense.QUESTION),
        ("请问征信修复是真的吗", Sense.QUESTION),
        ("我妈被骗了，说能洗白征信，我转了三千块钱就把我拉黑了", Sense.VICTIM),
        ("警方提醒：警惕征信修复骗局，不要轻信消除逾期记录", Sense.WARNING),
        ("银行乱扣我的手续费，我要投诉银行", Sense.DISPUTE),
    ],
)
def test_who_offers_nothing_gets_no_advertisement_verdict(matcher: Matcher, text: str, sense: Sense) -> None:
    result = matcher.match(text)
    assert result.sense is sense
    assert result.verdict is not Verdict.LIKELY


def test_a_victims_story_still_names_its_scheme(matcher: Matcher) -> None:
    result = matcher.match("我爸被骗了，那人说花钱就能把征信洗白，消除逾期记录，转了两万块联系不上了")
    assert result.sense is Sense.VICTIM
    assert result.schemes[0].code == "credit_repair"


def test_everyday_talk_matches_nothing(matcher: Matcher) -> None:
    result = matcher.match("晚上一起吃饭吧，我带水果")
    assert result.verdict is Verdict.NONE
    assert result.score < 0.2


def test_a_lawful_lookalike_speaks_against(matcher: Matcher) -> None:
    with_cue = matcher.match("办理贷款请到银行网点柜台办理")
    without = matcher.match("办理贷款请到我们这里现场办理")
    assert with_cue.score < without.score


def test_every_word_that_counts_is_a_clue_also_one_inside_another(matcher: Matcher) -> None:
    sent = "征信洗白、铲单，消除逾期记录，内部渠道，征信花了别着急，消除逾期，征信修复成功再付款"
    clues = matcher.match(sent).schemes[0].clues
    named = [(clue.reason, clue.query) for clue in clues]
    assert len(named) > 8
    outer, inner = ("套路名称", "征信洗白"), ("话题词", "征信")
    assert {outer, inner, ("套路名称", "征信修复"), ("话题词", "逾期记录")} <= set(named)
    assert named.index(outer) < named.index(inner)  # what repeats comes last


def test_every_clue_explains_itself_and_points_into_the_text(matcher: Matcher) -> None:
    sent = "內部渠道帮您洗 白，消除逾期，成功再付款"
    result = matcher.match(sent)
    clues = [clue for clue in result.schemes[0].clues if clue.reason != "整体措辞"]
    assert clues
    for clue in clues:
        assert clue.reason
        assert clue.plain
        assert clue.query
        assert clue.span is not None
        assert 0 <= clue.span[0] < clue.span[1] <= len(sent)
    assert any(sent[slice(*clue.span)] == "洗 白" for clue in clues if clue.span)


def test_a_result_survives_its_json(matcher: Matcher) -> None:
    line = json.dumps(matcher.match("黑户能做，秒批，电话13800138000").to_json())
    assert MatchResult.from_json(json.loads(line)).to_json() == json.loads(line)


@pytest.mark.parametrize("text", ["", " ", "🙂" * 300, "\u200b", "?", "。。。"])
def test_a_text_without_words_is_none(matcher: Matcher, text: str) -> None:
    result = matcher.match(text)
    assert result.verdict is Verdict.NONE
    assert result.indicators == ()


def test_a_megabyte_is_answered_in_bounded_time_and_marked_cut(matcher: Matcher) -> None:
    for piece in ("黑户也能贷款，加V：abc_123。", "1", "a", "征 ", "贷", "微信", "13800138000 "):
        began = time.perf_counter()
        assert matcher.match((piece * (1_000_000 // len(piece) + 1))[:1_000_000]).cut
        assert time.perf_counter() - began < 5.0


def test_without_any_scheme_there_is_no_match() -> None:
    assert Matcher([]).match("黑户也能贷款，加微信abc_123").verdict is Verdict.NONE


def test_a_scheme_found_by_its_wording_alone_still_says_why(matcher: Matcher) -> None:
    result = matcher.match("急用钱找我，当天就能拿")
    assert all(match.clues for match in result.schemes)


def test_rules_and_a_learnt_judge_that_differ_are_marked() -> None:
    grumpy = OfferModel("test", 9.0, {}, {})
    result = Matcher([LOAN, REPAIR], grumpy).match("晚上一起吃饭吧，我带水果")
    assert result.learnt is not None
    assert result.learnt > 0.9
    assert result.disagree
    assert not Matcher([LOAN, REPAIR]).match("晚上一起吃饭吧").disagree


@given(st.text(max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_score_between_nought_and_one(matcher: Matcher, text: str) -> None:
    result = matcher.match(text)
    assert 0.0 <= result.score <= 1.0
    assert len(result.schemes) <= 5
    assert all(0.0 <= match.score <= 1.0 for match in result.schemes)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "征信",
                    "修\u200b复",
                    "zx",
                    "洗 白",
                    "贷kuan",
                    "dai款",
                    "黑户",
                    "逾❤期",
                    "加➕V：abc_123",
                    "貸款",
                    "，",
                    "\n",
                ]
            ),
            st.text(max_size=4),
        ),
        max_size=20,
    ).map("".join)
)
@settings(max_examples=150, deadline=None)
def test_every_clue_and_indicator_points_inside_the_text_as_sent(matcher: Matcher, text: str) -> None:
    result = matcher.match(text)
    for clue in (clue for found in result.schemes for clue in found.clues if clue.span):
        assert clue.span is not None
        assert 0 <= clue.span[0] < clue.span[1] <= len(text)
        assert text[slice(*clue.span)] == clue.query
    for indicator in result.indicators:
        assert text[slice(*indicator.span)] == indicator.raw
