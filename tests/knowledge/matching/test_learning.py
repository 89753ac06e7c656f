"""The learnt judge: fitted, stored, read back."""

import json

import pytest

from knowledge.matching.features import NAMES
from knowledge.matching.grams import grams, skeleton
from knowledge.matching.known import KnownScheme
from knowledge.matching.learning import TRUSTS, OfferModel, Row, fit
from knowledge.matching.ranking import SchemeRanker

ADS = [
    *(
        "加我办贷款当天放款",
        "贷款秒批包下款",
        "私人放款找我",
        "贷款不看征信加我",
        "包下款当天到账",
        "无抵押贷款找我办",
    ),
] * 3
HONEST = [
    *("我的贷款什么时候到账", "请问还款日是哪天", "晚上吃什么"),
    *("贷款怎么还没放款", "明天开会", "征信报告怎么查"),
] * 3


def row(text: str, offer: float) -> Row:
    return {**dict.fromkeys(NAMES, 0.0), "offer": offer}, grams(text)


@pytest.fixture(scope="module")
def model() -> OfferModel:
    rows = [row(t, 1.0) for t in ADS] + [row(t, 0.0) for t in HONEST]
    return fit("test", rows, [True] * len(ADS) + [False] * len(HONEST))


def test_it_tells_new_texts_of_either_kind_apart(model: OfferModel) -> None:
    assert model.score(row("找我办无抵押贷款，当天放款", 1.0)) > 0.8
    assert model.score(row("还款日是什么时候", 0.0)) < 0.2


def test_fitting_the_same_texts_gives_the_same_model(model: OfferModel) -> None:
    rows = [row(t, 1.0) for t in ADS] + [row(t, 0.0) for t in HONEST]
    assert fit("test", rows, [True] * len(ADS) + [False] * len(HONEST)) == model


def test_a_model_survives_its_file(model: OfferModel) -> None:
    again = OfferModel.from_json(json.loads(json.dumps(model.to_json())))
    sample = row("贷款加我", 1.0)
    assert again.score(sample) == pytest.approx(model.score(sample), abs=0.02)


def test_a_text_of_unknown_pieces_is_left_to_its_features(model: OfferModel) -> None:
    assert 0.0 <= model.score(row("", 0.0)) <= 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("贷款找小李13800138000", "贷款找小李，19900000000！"),
        ("额度50万，微信:abc_123", "额度3.5万 微信:qianshao"),
        ("点http://a.example/x领取", "点https://b.example/y领取"),
    ],
)
def test_numbers_and_contacts_do_not_tell_texts_apart(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_wording_ranks_the_scheme_that_speaks_so() -> None:
    schemes = [
        KnownScheme("loan", "贷款", phrases=("当天放款无抵押", "秒批下款")),
        KnownScheme("repair", "征信", phrases=("征信洗白逾期消除", "删除逾期记录")),
    ]
    ranker = SchemeRanker(schemes)
    likelihood = ranker.log_likelihood(grams("帮您删除逾期"))
    assert likelihood[1] == 0.0 > likelihood[0]
    assert ranker.log_likelihood(grams("")).tolist() == [0.0, 0.0]


def test_rules_are_trusted_less_where_the_learnt_judge_knows_better() -> None:
    """On texts of a cant that the rules are deaf to, the share of the score moves; on few texts it does not."""
    rows = [row(t, 0.0) for t in ADS] + [row(t, 1.0) for t in HONEST]
    offers = [True] * len(ADS) + [False] * len(HONEST)
    plain = fit("test", rows, offers)
    few = fit("test", rows, offers, from_the_street=[True] * len(rows))
    many = fit("test", rows * 2, offers * 2, from_the_street=[True] * (2 * len(rows)))
    assert plain.trust == few.trust == TRUSTS[0]
    assert many.trust == TRUSTS[-1]
