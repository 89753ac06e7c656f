"""When a version may take over, and what the honest texts do to a matcher."""

import numpy as np
import pytest

from knowledge.learning.exemplars import Judged
from knowledge.learning.measuring import FEWEST_KEPT_BACK, Answers, measure, offers, worse_in
from knowledge.learning.versions import SHIPPED
from knowledge.matching import Verdict
from knowledge.schemes.training import pack_matcher, read_model


def _answers(
    missed: tuple[int, ...] = (), accused: tuple[int, ...] = (), low: tuple[int, ...] = (), honest: int = 60
) -> Answers:
    """Twenty offers and many honest texts, told apart by their scores but for those that are named."""
    found, called = np.ones(20), np.zeros(honest)
    found[list(missed)], called[list(accused)] = 0.0, 1.0
    scores = np.linspace(0.7, 0.99, 20)
    scores[list(low)] = 0.2
    return Answers(scores, found, found, np.linspace(0.01, 0.4, honest), called)


def test_version_that_is_alike_is_not_worse() -> None:
    assert worse_in(_answers(), _answers()) == ()
    assert worse_in(_answers(), _answers(missed=(1, 2), accused=(3,), low=(4, 5))) == ()


@pytest.mark.parametrize(
    ("own", "parent", "worse"),
    [
        (_answers(missed=(1,)), _answers(), ("verdict_recall",)),
        (_answers(missed=(1, 2)), _answers(missed=(3,)), ()),  # two lost, one gained: chance
        (_answers(missed=(1, 2, 3, 4)), _answers(missed=(5,)), ("verdict_recall",)),
        (_answers(accused=(1,)), _answers(), ("false_verdicts",)),
        (_answers(accused=(1,)), _answers(accused=(2,)), ()),
        (_answers(low=(1, 2, 3)), _answers(), ("auc", "recall")),
        (_answers(low=(1, 2)), _answers(low=(2, 3)), ()),
    ],
)
def test_version_is_worse_where_it_loses_more_than_chance_would(
    own: Answers, parent: Answers, worse: tuple[str, ...]
) -> None:
    assert worse_in(own, parent) == worse


def test_few_texts_tell_nothing() -> None:
    assert _answers().figures().tell
    assert not _answers(honest=FEWEST_KEPT_BACK - 1).figures().tell


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
