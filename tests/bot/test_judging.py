"""What a citizen is told of a match: by the real matcher over the shipped pack."""

import pytest

from bot.judging import MOST_REASONS, as_finding
from knowledge.schemes.catalogue import Catalogue, read_pack
from knowledge.schemes.training import pack_matcher


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_pack()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("三天消除逾期，成功再付款，加薇 xiufu_zx88", {"credit_repair"}),
        ("有个反催收群，教人装病开贫困证明投诉银行，还要把手机卡寄给他们", {"anti_collection"}),
        ("我妈买了个养老院床位，交了五万，说每个月返利一千", {"ifr_elder_care"}),
        ("邻居拉我投虚拟币，说一天1%", {"crypto_ponzi"}),
        ("全额退保，交500定金", {"agent_surrender"}),
        ("公安局打电话说我涉嫌洗钱", {"fake_police"}),
    ],
)
def test_what_people_retell_is_named(text: str, codes: set[str], catalogue: Catalogue) -> None:
    finding = as_finding(pack_matcher().match(text), catalogue)
    assert finding.scheme_code in codes
    assert finding.verdict in ("likely", "possible")
    assert 1 <= len(finding.why) <= MOST_REASONS
    assert len(finding.advice_now) == 3


def test_no_reason_is_told_twice(catalogue: Catalogue) -> None:
    finding = as_finding(pack_matcher().match("楼下有人说能修征信，先交八百"), catalogue)
    assert "里面提到“征信”" not in finding.why
    assert len(finding.why) >= 2


@pytest.mark.parametrize(
    "text",
    [
        "怎么提前还房贷",
        "信用卡年费怎么免",
        "定期存款利息多少",
        "借呗可以提前还款吗",
        "你好",
        "社区通知办医保",
        "",
    ],
)
def test_honest_questions_are_left_alone(text: str, catalogue: Catalogue) -> None:
    assert as_finding(pack_matcher().match(text), catalogue).verdict == "none"


def test_a_quarrel_with_an_insurer_is_a_dispute_and_no_tip(catalogue: Catalogue) -> None:
    finding = as_finding(pack_matcher().match("保险公司不给我退保怎么办"), catalogue)
    assert finding.dispute
    assert finding.verdict == "none"
