"""The own examples of the pack."""

from pathlib import Path

import pytest

from knowledge.matching import Matcher, Sense, Verdict
from knowledge.matching.likeness import likeness
from knowledge.schemes.catalogue import read_pack
from knowledge.schemes.examples import ExamplesFault, Register, read_exemplars, read_negatives
from knowledge.schemes.training import pack_matcher, read_model, train


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return pack_matcher()


def test_every_scheme_has_exemplars_in_several_registers() -> None:
    by_code: dict[str, list[Register]] = {}
    for exemplar in read_exemplars():
        by_code.setdefault(exemplar.code, []).append(exemplar.register)
    assert set(by_code) == set(read_pack())
    assert all(len(registers) >= 25 and len(set(registers)) >= 5 for registers in by_code.values())
    assert len(read_negatives()) >= 400


def test_no_text_is_both_exemplar_and_honest_or_there_twice() -> None:
    texts = [e.text for e in read_exemplars()] + [n.text for n in read_negatives()]
    assert len(texts) == len(set(texts))


def test_a_line_without_a_register_is_named(tmp_path: Path) -> None:
    (tmp_path / "loan_broker.txt").write_text("flyer: 贷款找我\n没有写明口吻\n", "utf-8")
    with pytest.raises(ExamplesFault, match="line 2"):
        read_exemplars(tmp_path)


def test_the_shipped_model_is_the_one_its_examples_give() -> None:
    again = train(read_pack(), read_exemplars(), read_negatives(), read_model().version)
    shipped = read_model()
    assert again.features.keys() == shipped.features.keys()
    assert all(abs(again.features[name] - shipped.features[name]) < 0.3 for name in shipped.features)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("三天帮您把逾期记录删干净，成功再收钱，银行里有熟人，微信 qianshao_zx", "credit_repair"),
        ("大额低息，车抵房抵都能做，身份证到店当天拿钱，联系19900000000", "loan_broker"),
        ("高价租您的银行卡，一天八百，用三天就还，不影响您用", "account_rental"),
        ("手机点点赞，一单三块，日结，先垫后返，宝妈优先", "brush_rebate"),
        ("保费全额退，几年的都行，不成功不收钱，电话19900000000", "agent_surrender"),
    ],
)
def test_a_new_advertisement_is_found_and_named(matcher: Matcher, text: str, code: str) -> None:
    result = matcher.match(text)
    assert result.verdict in (Verdict.LIKELY, Verdict.POSSIBLE)
    assert code in [match.code for match in result.schemes[:2]]


@pytest.mark.parametrize(
    "text",
    [
        "我的花呗怎么突然不能用了",
        "您尾号1234的储蓄卡入账工资5,210.00元，余额6,001.20元",
        "市金融办提醒：凡是承诺保本高息的投资都要警惕，发现线索请举报",
        "本行定期存款利率今日调整，详情请咨询各网点",
        "周末家电满1000减200，欢迎到店选购",
        "妈，我今晚加班，不回家吃饭了",
    ],
)
def test_honest_texts_are_left_alone(matcher: Matcher, text: str) -> None:
    assert matcher.match(text).verdict is Verdict.NONE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("邻居拉我投云养牛，说一头返两成，可信吗", "ifr_cloud_farm"),
        ("有人说交两千就能征信洗白，是真的吗", "credit_repair"),
    ],
)
def test_who_asks_whether_it_is_a_swindle_is_told_which(matcher: Matcher, text: str, code: str) -> None:
    result = matcher.match(text)
    assert result.sense is Sense.QUESTION
    assert result.verdict is Verdict.POSSIBLE
    assert result.schemes[0].code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "您好，我是市公安局的，您名下的银行卡涉嫌洗钱，请配合调查，把钱转到安全账户，不要告诉家人",
            "fake_police",
        ),
        ("你好，我是平台客服，您误开了会员，不取消会自动扣费，请下载会议软件共享屏幕", "fake_cs"),
    ],
)
def test_a_swindlers_script_is_no_warning(matcher: Matcher, text: str, code: str) -> None:
    result = matcher.match(text)
    assert result.sense is Sense.OFFER
    assert result.verdict is Verdict.LIKELY
    assert result.schemes[0].code == code


def test_an_offices_warning_that_quotes_the_script_is_no_offer(matcher: Matcher) -> None:
    text = "警方提醒：凡是自称公检法让您把钱转到安全账户、要求共享屏幕的都是诈骗，切勿轻信，请拨打96110"
    result = matcher.match(text)
    assert result.sense is Sense.WARNING
    assert result.verdict is Verdict.NONE


def test_a_victim_is_heard_as_a_victim(matcher: Matcher) -> None:
    result = matcher.match("我做刷单被骗了两万多，客服让我继续充钱才能提现，怎么办")
    assert result.sense is Sense.VICTIM
    assert result.verdict is not Verdict.LIKELY
    assert result.schemes[0].code == "brush_rebate"


def test_exemplars_of_different_schemes_are_different_texts() -> None:
    exemplars = read_exemplars()[::9]
    for one in exemplars:
        for other in exemplars:
            if one.code < other.code:  # each pair once
                assert likeness(one.text, other.text) < 0.9
