"""Long texts: read to the end, in bounded time."""

import time

import pytest

from knowledge.matching import Verdict
from knowledge.matching.normalize import LONGEST
from knowledge.matching.passages import passages_of
from knowledge.schemes.training import pack_matcher

TALK = (
    "今天收衣服的时候碰到邻居，聊了聊孩子上学的事。晚饭做了鱼，味道还行！周末打算去公园走走，你们去不去？\n"
)
OFFER = "征信花了别着急，内部渠道帮您消除逾期，成功再付款，加微信abc_123"


@pytest.mark.parametrize("at", [1_400, 6_000, 9_900])
def test_offer_deep_in_a_long_text_is_found_and_underlined(at: int) -> None:
    around = TALK * 200
    sent = around[:at] + OFFER + around[at : LONGEST - len(OFFER)]
    result = pack_matcher().match(sent)
    assert result.verdict is Verdict.LIKELY
    assert result.schemes[0].code == "credit_repair"
    spans = [clue.span for clue in result.schemes[0].clues if clue.span]
    assert spans
    assert all(at <= start < end <= at + len(OFFER) for start, end in spans)


def test_long_talk_without_an_offer_gets_no_verdict() -> None:
    assert pack_matcher().match((TALK * 200)[:LONGEST]).verdict is Verdict.NONE


def test_offices_name_in_front_counts_for_a_long_warning_to_its_end() -> None:
    warning = "市公安局提醒：谨防以征信修复为名的诈骗。" + "请大家相互转告，保护好自己的钱。" * 100
    warning += "不法分子声称内部渠道可以消除逾期，收钱后就消失。"
    assert pack_matcher().match(warning).verdict is Verdict.NONE


@pytest.mark.parametrize("text", ["", "短", "长" * 1_500, "没有标点" * 2_500, TALK * 190])
def test_passages_cover_the_text_without_a_gap(text: str) -> None:
    done = 0
    for passage in passages_of(text):
        assert passage.start <= done
        assert text[passage.start : passage.start + len(passage.text)] == passage.text
        done = passage.start + len(passage.text)
    assert done == len(text)


@pytest.mark.parametrize(
    "piece",
    ["没有", "银行", "“", "骗子", "投诉", "凡是", "zheng xin ", "a@", "a.", "0101234567", "加我微信abc_1 "],
)
def test_text_made_to_be_slow_is_answered_quickly(piece: str) -> None:
    began = time.process_time()
    pack_matcher().match((piece * LONGEST)[:LONGEST])
    assert time.process_time() - began < 2.0
