"""Ten disguises: each changes what it should, and hides nothing from the matcher."""

import pytest

from bench.disguise import DISGUISES, disguised
from knowledge.matching import Verdict
from knowledge.schemes.training import pack_matcher

ADS = (
    "急用钱找我，无抵押贷款当天放款，黑户逾期都能做，利息低，加微信详谈",
    "信用卡套现，费率低，秒到账，长期合作，联系19900000000",
    "征信修复，逾期记录全部消除，先办后付，成功再收手续费",
    "大量收购银行卡，一套一千，当天结账，安全可靠，加群了解",
    "网上刷单兼职，一单返佣金三十，日结，每天轻松赚钱三百",
    "老师带队做股票，每天一只涨停，免费入群，名额有限",
    "保本理财，年化收益二十，月月分红，本金随时可取，扫码加入",
    "网贷逾期停息挂账，停止催收，专业代理协商，不成功不收费",
    "虚拟币搬砖，稳赚不赔，一天收益百分之三，拉人有返利",
    "全额退保，保费全退，专业代理，不成功不收费，私信客服",
)


@pytest.mark.parametrize("kind", DISGUISES)
def test_nine_of_ten_disguised_advertisements_are_still_found(kind: str) -> None:
    matcher = pack_matcher()
    clear = [text for text in ADS if matcher.match(text).verdict is not Verdict.NONE]
    assert len(clear) >= 9
    hidden = [text for text in clear if matcher.match(disguised(text, kind)).verdict is Verdict.NONE]
    assert len(hidden) <= len(clear) // 10, hidden


@pytest.mark.parametrize("kind", DISGUISES)
def test_a_disguise_changes_the_text_and_is_the_same_each_time(kind: str) -> None:
    changed = [disguised(text, kind) for text in ADS]
    assert sum(made != text for made, text in zip(changed, ADS, strict=True)) >= 8
    assert changed == [disguised(text, kind) for text in ADS]
