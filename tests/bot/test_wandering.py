"""Four people do anything in any order at the real inbox: nobody falls, goes unanswered, loses a draft, or reads another's."""

import random
import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlmodel import select

from bot import contacts
from bot.channels import Arrival, Before, ChannelName, Edit, RemoteMedia, Taken
from bot.conversation.fitting import LIMITS
from bot.conversation.languages import Language, in_traditional
from bot.conversation.messages import (
    Arrived,
    Chose,
    Incoming,
    Left,
    MediaRefused,
    Said,
    SentPlace,
    Unsupported,
)
from bot.conversation.replies import Choice, Reply
from bot.conversation.state import Draft, State, Style
from bot.conversation.vocabulary import COMMANDS, EXACT
from bot.cutting import utf16_size
from bot.telegram import texts as telegram
from bot.wechat import texts as wechat
from entrypoints.desk import Desk
from moderation import help_desk, officers
from moderation.officers import Role
from moderation.tables import Officer
from reports.tables import Tip
from tests.bot.chatting import AD, NINE, Person, ScriptedChannel

ACTS = 150
"""Of one walk. Let it wander further, with other seeds, whenever the conversation is changed."""
SAYINGS = sorted({word for words in (*COMMANDS.values(), *EXACT.values()) for word in words})
COMMANDS_TYPED = [
    *(
        "/start",
        "/tip",
        "/ask",
        "/quiz",
        "/mytips",
        "/big",
        "/language",
        "/privacy",
        "/human",
        "/cancel",
        "/delete",
    ),
    *("文字举报", "提交", "没有了", "大字", "English", "繁體", "简体"),
]
STALE = [
    *(
        "submit",
        "medium.wall",
        "paid.yes",
        "quiz.daily",
        "private.keep",
        "more",
        "keep",
        "tips",
        "back",
        "again",
    ),
    *("language.en", "language.zh-hant", "big", "zz"),
]
GIVEN_UP = {"drop", "redo", "fresh", "erase.yes"}
"""Options by which a draft, or a part of it, is given up knowingly."""
RECEIPT = re.compile(r"QS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")
EXAMPLE = "QS-ABCD-EFGH-J"
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass
class Walker:
    """One of them, with a mark in all their words that nobody else's answers may hold."""

    person: Person
    mark: str
    offered: tuple[Choice, ...] = ()
    said: list[str] = field(default_factory=list)
    state: State = field(default_factory=State)
    reporter: str = ""


@dataclass
class Act:
    """What somebody does: the arrival, and whether a draft may go with it."""

    arrival: Arrival
    gives_up: bool = False
    silent: bool = False
    """Whether an answer may be missing."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("seed", [1])
async def test_whatever_anybody_does_is_answered_and_stays_their_own(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    for name in ChannelName:
        desk.channels[name] = ScriptedChannel(name=name, most_now=99)
    walkers = [
        Walker(Person(desk, channel=name), f"zq{number}w")
        for number, name in enumerate((*ChannelName, ChannelName.telegram))
    ]
    async with desk.transaction() as session:
        officer = (
            await officers.add(session, login="li.na", name="李娜", role=Role.reviewer, at=NINE)
        ).officer
    for number in range(ACTS):
        walker = chance.choice(walkers)
        walker.person.at += timedelta(seconds=chance.choice([1, 1, 5, 60, 400, 4000]))
        if chance.random() < 0.03:
            await _officer_answers(desk, officer, walker)
            continue
        act = _anything(walker, chance, number)
        before = walker.state
        taken = await desk.inbox.take_in(act.arrival)
        await _look(desk, walker)
        assert taken.replies or act.silent, (number, act)
        _fits(taken, walker)
        await _is_theirs(desk, taken, walker, walkers)
        if not act.gives_up and not _has_receipt(taken.replies):
            _keeps(before.draft, walker.state.draft, (number, act))


def _anything(walker: Walker, chance: random.Random, number: int) -> Act:
    person, mark = walker.person, walker.mark
    match chance.choices(
        [
            "offered",
            "number",
            "saying",
            "command",
            "tells",
            "file",
            "place",
            "edit",
            "stale",
            "odd",
            "leaves",
        ],
        [36, 8, 10, 6, 12, 8, 4, 5, 5, 4, 1],
    )[0]:
        case "offered" if walker.offered:
            choice = chance.choice(walker.offered)
            pressed = Chose(choice.key, choice.mark if chance.random() < 0.7 else "")
            return Act(person.arrival(pressed), gives_up=choice.id in GIVEN_UP)
        case "number":
            typed = chance.randint(0, 11)
            meant = walker.offered[typed - 1].id if 0 < typed <= len(walker.offered) else ""
            return Act(person.arrival(Said(str(typed))), gives_up=meant in GIVEN_UP)
        case "saying" | "command" as kind:
            # Whoever says “从头来” or “删掉” means it.
            words = chance.choice(SAYINGS if kind == "saying" else COMMANDS_TYPED)
            return Act(person.arrival(Said(words)), gives_up=kind == "saying")
        case "tells":
            told = chance.choice(
                [
                    AD,
                    "楼下有人发传单说存款返利20%",
                    "不想活了",
                    "is this ad a scam? 30% a month",
                    "身份证110101199003077715",
                    "长句子" * 300,
                ]
            )
            walker.said.append(f"{told} {mark}")
            return Act(person.arrival(Said(walker.said[-1]), raw=walker.said[-1].encode()))
        case "file":
            kind = chance.choice(["picture", "voice", "video", "file"])
            album = chance.choice(["", "", "album"])
            media = (RemoteMedia(kind, f"file-{number}"),)
            return Act(person.arrival(media=media, album=album), silent=bool(album))
        case "place":
            return Act(person.arrival(SentPlace(30.5, 110.2, chance.choice(["", f"鼓{mark}"]))))
        case "edit" if walker.said:
            old = chance.choice(walker.said)
            edit = Edit(
                f"改了 {mark}",
                person.at - timedelta(minutes=3),
                lambda raw: Before(old, False) if raw == old.encode() else None,
            )
            return Act(person.arrival(None, edit=edit), gives_up=True, silent=True)
        case "stale":
            return Act(person.arrival(Chose(chance.choice(STALE), chance.choice(["", "ab12"]))))
        case "leaves":
            return Act(person.arrival(Left()), gives_up=True, silent=True)
        case _:
            odd: Incoming = chance.choice(
                [
                    Unsupported("sticker"),
                    MediaRefused("too_large"),
                    Said("{x}%s\x00"),
                    Arrived("menu", "report"),
                    Arrived("follow", "village-7"),
                ]
            )
            return Act(person.arrival(odd))


async def _officer_answers(desk: Desk, officer: Officer, walker: Walker) -> None:
    async with desk.transaction() as session:
        for request in (await help_desk.waiting_list(session))[:1]:
            await help_desk.answer(
                session, request.id, text="请到服务中心。", officer=officer, at=walker.person.at
            )


async def _look(desk: Desk, walker: Walker) -> None:
    async with desk.reading() as session:
        known = await contacts.find(
            session, desk.vault, channel=walker.person.channel.value, address=walker.person.address
        )
    walker.state = known.state if known else State()
    walker.reporter = known.reporter_id if known else ""


def _fits(taken: Taken, walker: Walker) -> None:
    """Style, language and platforms: what is shown is what they chose, and goes through."""
    limits = LIMITS[walker.state.style]
    own = " ".join(walker.said)
    for reply in taken.replies:
        assert len(reply.text) <= limits.characters
        assert len(reply.choices) <= limits.choices
        if walker.state.style is Style.BIG:
            assert reply.text.count("？") + reply.text.count("?") <= 1 or walker.mark in reply.text, (
                reply.text
            )
        ours = reply.text if walker.mark not in reply.text and not RECEIPT.search(reply.text) else ""
        if walker.state.language is Language.ENGLISH and not own and not walker.state.draft:
            assert not HAN.search(ours.replace("简体中文", "").replace("繁體中文", "")), ours
        if walker.state.language is Language.TRADITIONAL and not walker.state.draft:
            assert in_traditional(ours) == ours or "简体中文" in ours
    assert all(
        utf16_size(part.text) <= telegram.MOST_UNITS
        for part in telegram.messages(taken.replies, lambda _: "d")
    )
    assert all(wechat.size(part.text) <= wechat.MOST_BYTES for part in wechat.messages(taken.replies))
    for reply in taken.replies:
        if reply.standing:
            walker.offered = reply.choices


async def _is_theirs(desk: Desk, taken: Taken, walker: Walker, walkers: list[Walker]) -> None:
    shown = " ".join(f"{reply.text} {[c.label for c in reply.choices]}" for reply in taken.replies)
    assert not any(other.mark in shown for other in walkers if other is not walker)
    for receipt in set(RECEIPT.findall(shown)) - {EXAMPLE}:
        async with desk.reading() as session:
            tip = (await session.exec(select(Tip).where(Tip.receipt == receipt))).one()
        assert tip.reporter_id == walker.reporter


def _has_receipt(replies: tuple[Reply, ...]) -> bool:
    return any(RECEIPT.search(reply.text) for reply in replies)


def _keeps(before: Draft | None, after: Draft | None, what: object) -> None:
    if before is None:
        return
    assert after is not None or before.is_empty, what
    if after is not None:
        assert set(before.evidence_ids) <= set(after.evidence_ids), what
        assert bool(after.words) >= bool(before.words), what
