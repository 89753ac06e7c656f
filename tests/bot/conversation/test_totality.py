"""Any message in any state gets an answer: walks of nonsense, torn states, states of older versions."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.asides import DIALOGUES
from bot.conversation.book import Book
from bot.conversation.dialogues.report_way import PATHS
from bot.conversation.effects import Query
from bot.conversation.engine import Engine
from bot.conversation.fitting import LIMITS
from bot.conversation.languages import Language
from bot.conversation.messages import (
    AnswerRefused,
    Arrived,
    Chose,
    DraftLeft,
    Finding,
    Incoming,
    Judged,
    MediaRefused,
    NotSubmitted,
    OfficerSaid,
    PictureIsPrivate,
    Said,
    SentMedia,
    SentPlace,
    Submitted,
    TipCard,
    TipMoved,
    TipsFound,
    Unsupported,
)
from bot.conversation.rendering import as_numbered_text
from bot.conversation.state import State, StateChanges, Style
from bot.conversation.turn import Step
from bot.conversation.vocabulary import COMMANDS, EXACT
from tests.bot.conversation.book import county_book
from tests.bot.conversation.talking import LOAN, RECEIPT

SAYINGS = sorted(
    {word for words in (*COMMANDS.values(), *EXACT.values()) for word in words}
    | {
        "1",
        "2",
        "第一个",
        "①",
        "9",
        "0",
        "我已经转钱了",
        "不想活了",
        "人民路菜场门口",
        "贴在墙上",
        "有人说能办贷款",
    }
    | {
        "6222021234567890123",
        "？",
        "",
        " ",
        "{police}",
        "%s",
        "]]>",
        "\x00",
        RECEIPT,
        "长" * 3000,
        "我要举报楼下的广告",
    }
)
IDS = st.lists(st.sampled_from("abcdef"), max_size=3).map(tuple)
WORDS = st.one_of(st.sampled_from(SAYINGS), st.text(max_size=40))
FINDINGS = st.builds(
    Finding,
    verdict=st.sampled_from(["likely", "possible", "none"]),
    scheme_code=st.sampled_from([None, "loan_broker"]),
    scheme_name=st.sampled_from(["", "冒牌贷款中介"]),
    why=st.sampled_from([(), LOAN.why]),
    advice_now=st.sampled_from([(), LOAN.advice_now]),
    advice_if_paid=st.sampled_from([(), LOAN.advice_if_paid]),
    dispute=st.booleans(),
    evidence_ids=IDS,
)
CARDS = st.builds(
    TipCard,
    receipt=st.sampled_from([RECEIPT, "QS-2222-3333-J"]),
    state=st.sampled_from(["accepted", "recognised", "zzz"]),
    submitted_on=st.just(date(2026, 1, 2)),
    asked=st.sampled_from([None, "公司叫什么？", "问" * 200]),
    reward=st.sampled_from(["", "notified", "approved", "paid", "zzz"]),
    claim_until=st.sampled_from([None, date(2026, 3, 4)]),
    claim_days=st.sampled_from([0, 30]),
)
ANY_ID = st.one_of(
    st.sampled_from(
        [
            "submit",
            "back",
            "human",
            "tip",
            "medium.wall",
            "medium.",
            "read.",
            "more",
            "private.drop",
            "private.keep",
            "quiz.daily",
            "",
            "x",
        ]
    ),
    st.text(max_size=12),
)
MESSAGES: st.SearchStrategy[Incoming] = st.one_of(
    WORDS.map(Said),
    WORDS.map(Said),
    ANY_ID.map(Chose),
    st.builds(SentMedia, IDS, st.sampled_from(["picture", "voice", "video", "file"])),
    st.builds(SentPlace, st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["", "鼓楼公园"])),
    st.builds(
        Arrived, st.sampled_from(["start", "follow", "menu"]), st.sampled_from(["", "report", "tips", "zzz"])
    ),
    st.sampled_from(
        [Unsupported("sticker"), Unsupported("zzz"), MediaRefused("too_large"), MediaRefused("zzz")]
    ),
    FINDINGS.map(Judged),
    st.lists(CARDS, max_size=3, unique_by=lambda card: card.receipt).map(
        lambda cards: TipsFound(tuple(cards))
    ),
    CARDS.map(TipMoved),
    st.sampled_from(
        [
            Submitted(RECEIPT),
            Submitted(RECEIPT, "红豆"),
            NotSubmitted("nothing_to_go_on"),
            NotSubmitted("zzz"),
            AnswerRefused("zzz"),
        ]
    ),
    st.sampled_from([OfficerSaid("您好"), OfficerSaid("好" * 300), OfficerSaid(""), DraftLeft()]),
    st.builds(
        PictureIsPrivate,
        IDS,
        st.sampled_from(["identity_card", "bank_card", "selfie"]),
        st.just(datetime(2026, 1, 1, tzinfo=UTC)),
    ),
)
STEPS = sorted(
    {step for path in PATHS.values() for step in path}
    | {
        "",
        "open",
        "answered",
        "looking",
        "paid",
        "which",
        "edit",
        "refused",
        "list",
        "card",
        "answer",
        "receipt",
    }
    | {"daily", "round", "told", "told_daily", "over", "reading", "draft", "erase", "zzz"}
)


def check(step: Step, message: Incoming) -> None:
    """What holds after any step whatever."""
    assert State.model_validate_json(step.state.model_dump_json()) == step.state
    asks_back = any(isinstance(effect, get_args(Query)) for effect in step.effects)
    if not asks_back and not isinstance(message, Judged | DraftLeft):
        assert step.replies
    limits = LIMITS[step.state.style]
    for reply in step.replies:
        assert reply.text.strip()
        assert len(reply.text) <= limits.characters
        assert len(reply.choices) <= limits.choices
        ids = [choice.id for choice in reply.choices]
        assert len(set(ids)) == len(ids)
        assert all(i.isascii() and " " not in i and len(i) <= 48 for i in ids)
        assert all(choice.label.strip() for choice in reply.choices)
        assert as_numbered_text(reply)
        if reply.choices:
            assert [choice.id for choice in reply.standing] == ["back", "human"]
    asking = [reply for reply in step.replies if reply.standing]
    if asking:
        assert step.state.offered == asking[-1].choices


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(Style), st.sampled_from(Language), st.lists(MESSAGES, max_size=30))
def test_a_walk_of_nonsense_never_falls(
    data: st.DataObject, style: Style, language: Language, messages: list[Incoming]
) -> None:
    engine, at = Engine(county_book()), datetime(2026, 4, 1, tzinfo=UTC)
    state = State(style=style, language=language, language_is_chosen=data.draw(st.booleans()))
    for message in messages:
        pressed = data.draw(st.sampled_from([None, *(choice.id for choice in state.offered)]))
        if pressed is not None:
            message = Chose(pressed)
        at += timedelta(seconds=data.draw(st.sampled_from([0, 5, 100, 90_000])))
        step = engine.step(state, message, at)
        check(step, message)
        state = step.state


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from([*DIALOGUES, "zzz"]),
    st.sampled_from(STEPS),
    st.lists(MESSAGES, max_size=8),
    st.data(),
    MESSAGES,
)
def test_a_torn_state_is_answered_too(
    dialogue: str, place: str, before: list[Incoming], data: st.DataObject, message: Incoming
) -> None:
    """Whatever was collected, the state is thrown into any step of any dialogue, as after an upgrade."""
    engine, at = Engine(county_book()), datetime(2026, 4, 1, tzinfo=UTC)
    state = State(style=data.draw(st.sampled_from(Style)))
    for earlier in before:
        state = engine.step(state, earlier, at).state
    check(engine.step(state.standing_at(dialogue, place), message, at), message)


@settings(max_examples=100, deadline=None)
@given(st.lists(MESSAGES, max_size=10))
def test_an_empty_book_is_no_reason_to_fall(messages: list[Incoming]) -> None:
    engine, state, at = Engine(Book()), State(), datetime(2026, 4, 1, tzinfo=UTC)
    for message in messages:
        step = engine.step(state, message, at)
        check(step, message)
        state = step.state


@pytest.mark.parametrize(
    "stored",
    [
        "{}",
        '{"version": 0, "forgotten": [1, 2]}',
        '{"style": "huge", "language": "xx", "dialogue": "report", "step": "gone"}',
        '{"draft": {"kind": "words", "words": "旧的", "hue": "red"}, "dialogue": "report", "step": "place"}',
        '{"quiz": {"codes": ["gone-1"], "position": 0}, "dialogue": "quiz", "step": "round"}',
        '{"dialogue": "tips", "step": "card"}',
        '{"dialogue": "human", "paused": {"dialogue": "zzz", "step": "1"}}',
    ],
)
def test_a_state_of_an_older_version_still_loads_and_answers(stored: str) -> None:
    state = State.model_validate_json(stored)
    for message in (Said("1"), Said("0"), Said("好了"), SentMedia(("a",))):
        step = Engine(county_book()).step(state, message, datetime(2026, 4, 1, tzinfo=UTC))
        check(step, message)


def test_every_field_of_the_state_can_be_changed_with_a_type() -> None:
    assert set(StateChanges.__annotations__) == set(State.model_fields)


def test_a_naive_time_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="aware"):
        Engine(county_book()).step(State(), Said("你好"), datetime(2026, 4, 1))  # noqa: DTZ001
