"""When a version may take over, and what the honest texts do to a matcher."""

from dataclasses import replace

import pytest

from knowledge.learning.exemplars import Judged
from knowledge.learning.fitting import FEWEST_KEPT_BACK, Figures, measure, not_worse, offers
from knowledge.learning.versions import SHIPPED
from knowledge.matching import Verdict
from knowledge.schemes.training import pack_matcher, read_model

GOOD = Figures(20, 20, 0.98, 0.9, 0.9, 0.05, 0.8)


def test_version_that_is_alike_may_take_over() -> None:
    assert not_worse(GOOD, GOOD)


@pytest.mark.parametrize("worse", [{"auc": 0.97}, {"recall": 0.85}, {"false_verdicts": 0.1}])
def test_version_that_is_worse_in_one_thing_may_not(worse: dict[str, float]) -> None:
    best = {"auc": 0.99, "recall": 1.0, "false_verdicts": 0.0}
    assert not_worse(replace(GOOD, **best), GOOD)  # type: ignore[arg-type]
    assert not not_worse(replace(GOOD, **(best | worse)), GOOD)  # type: ignore[arg-type]


def test_few_texts_tell_nothing() -> None:
    assert GOOD.tell
    assert not replace(GOOD, honest=FEWEST_KEPT_BACK - 1).tell


def test_figures_count_what_the_matcher_says() -> None:
    figures = measure(
        pack_matcher(),
        [
            Judged("无视黑白户，凭身份证当天放款，先交手续费，详询经理", "loan_broker"),
            Judged("今天菜市场的白菜很新鲜，邻居们都去买", None),
            Judged("我被骗了两万块，他们说交了手续费就放款，后来联系不上了", "loan_broker"),
        ],
    )
    assert (figures.offers, figures.honest) == (1, 1)  # the victim's story is an example of neither
    assert figures.auc == 1.0
    assert (figures.verdict_recall, figures.false_verdicts) == (1.0, 0.0)


def test_story_of_a_victim_is_no_offer() -> None:
    assert offers(Judged("我被骗了两万块，后来联系不上了，怎么办", "loan_broker")) is None


def test_honest_text_gets_no_verdict_with_another_number_or_a_misread_character_either() -> None:
    text = "本行个人消费贷款利率低至三点六，线上申请快速放款，欢迎到网点咨询客户经理，电话13800138000"
    swindle = "无视黑白户，凭身份证当天放款，先交手续费，加微信xiaoming88"
    plain = pack_matcher()
    knowing = plain.knowing_honest([text])
    again = knowing.match(text.replace("13800138000", "13900139000").replace("快速", "快递"))
    assert again.honest
    assert again.verdict is Verdict.NONE
    assert again.score <= 0.3
    assert knowing.match(swindle) == plain.match(swindle)
    assert not plain.match(text).honest


def test_part_of_an_honest_text_with_an_offer_beside_it_is_judged() -> None:
    text = "本行个人消费贷款利率低至三点六，欢迎到网点咨询"
    mixed = text + "。无视黑白户，凭身份证当天放款，先交手续费，加微信xiaoming88"
    assert not pack_matcher().knowing_honest([text]).match(mixed).honest


def test_result_names_the_shipped_model_under_its_own_name() -> None:
    assert read_model().version == SHIPPED
    assert pack_matcher().match("今天天气不错").to_json()["model"] == SHIPPED
