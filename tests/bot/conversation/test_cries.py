"""Somebody who speaks of ending their life is heard in whatever they send, and what they send next goes to the officers."""

from pathlib import Path

import pytest

from bot.conversation.despair import says_despair
from bot.conversation.effects import AmendTip, CallHuman, WaitForQuiet
from bot.conversation.messages import AlbumPiece, Edited, Incoming, MediaRefused, SentPlace, Unsupported
from bot.conversation.state import State
from tests.bot.conversation.talking import Citizen

SAYINGS = Path(__file__).with_name("sayings")


def called(citizen: Citizen) -> CallHuman | None:
    effect = citizen.effect(CallHuman)
    assert effect is None or isinstance(effect, CallHuman)
    return effect


def is_urgent(citizen: Citizen, *words: str) -> bool:
    """Whether an officer was called as for somebody in danger, with these words."""
    call = called(citizen)
    return call is not None and call.urgent and all(word in call.words for word in words)


def lines(name: str) -> list[str]:
    return (SAYINGS / name).read_text("utf-8").splitlines()


def test_all_the_ways_of_despair_are_heard_and_no_way_of_speaking_is() -> None:
    unheard = [said for said in lines("despair.txt") if not says_despair(said)]
    misheard = [said for said in lines("no_despair.txt") if says_despair(said)]
    assert (unheard, misheard) == ([], [])
    assert len(lines("despair.txt")) > 160


def test_most_of_what_nothing_was_learnt_from_is_heard_too() -> None:
    """These sentences are never to be learnt from, nor any pattern made for them: they tell what holds of others."""
    cries, calm = lines("despair_unseen.txt"), lines("no_despair_unseen.txt")
    assert not (set(cries) | set(calm)) & {*lines("despair.txt"), *lines("no_despair.txt")}
    assert sum(map(says_despair, cries)) >= 0.75 * len(cries)
    assert not [said for said in calm if says_despair(said)]


@pytest.mark.parametrize(
    "message",
    [
        Edited("在东街看到的", "我不想活了"),
        Edited("", "I want to end my life"),
        SentPlace(29.1, 120.1, "我要跳楼"),
        AlbumPiece("a", ("ev_1",), "picture", "這是我最後的照片，我不想活了"),
        MediaRefused("too_large", "我想死"),
        Unsupported("poll", "我该不该去死，我想死"),
    ],
)
def test_despair_is_heard_in_every_kind_of_message(message: Incoming) -> None:
    citizen = Citizen()
    answer = citizen.does(message)
    assert is_urgent(citizen)
    assert "120" in answer
    assert "110" in answer


@pytest.mark.parametrize("before", ["我要举报", "小测验", "人工", "电梯里有贷款广告", "注销"])
@pytest.mark.parametrize("cry", ["我不想活了", "我唔想生喇", "I want to kill myself"])
def test_despair_is_heard_in_the_midst_of_any_dialogue(before: str, cry: str) -> None:
    citizen = Citizen()
    citizen.says(before)
    citizen.says(cry)
    assert called(citizen) == CallHuman(cry, urgent=True)


@pytest.mark.parametrize(
    "pieces",
    [
        ("我", "不想", "活了"),
        ("活着", "没意思"),
        ("我想", "死"),
        ("I want", "to die"),
        ("唔想", "做人啦"),
        ("想", "跳", "楼"),
    ],
)
def test_despair_in_short_messages_is_heard_together(pieces: tuple[str, ...]) -> None:
    citizen = Citizen()
    for piece in pieces[:-1]:
        citizen.says(piece)
        assert called(citizen) is None
    citizen.says(pieces[-1])
    together = (" " if pieces[0].isascii() else "").join(pieces)
    assert called(citizen) == CallHuman(together, urgent=True)
    citizen.says("唉")  # what was heard together is not heard a second time
    assert called(citizen) == CallHuman("唉", urgent=True)


def test_short_messages_that_lie_apart_are_no_sentence() -> None:
    citizen = Citizen()
    citizen.says("我不想")
    citizen.says("活了", after=600)
    assert called(citizen) is None


def test_a_place_sent_after_a_cry_goes_to_the_officers_at_once() -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    citizen.says("我不想活了")
    answer = citizen.does(SentPlace(29.123456, 120.654321, "望江桥"))
    assert is_urgent(citizen, "29.123456", "120.654321", "望江桥")
    assert "110" in answer
    assert "用不上" not in answer
    citizen.says("0")
    citizen.does(SentPlace(29.2, 120.2, ""))  # back in the report, and still feared for
    assert is_urgent(citizen, "29.2")


def test_a_place_without_a_name_is_passed_on_to_the_officer_who_was_called() -> None:
    citizen = Citizen()
    citizen.says("人工")
    citizen.does(SentPlace(29.1, 120.1, ""))
    call = called(citizen)
    assert call is not None
    assert "29.1" in call.words
    assert not call.urgent


@pytest.mark.parametrize("kind", ["picture", "voice", "video", "file"])
def test_what_is_sent_after_a_cry_is_made_known_and_words_are_asked_for(kind: str) -> None:
    citizen = Citizen()
    citizen.says("我不想活了")
    answer = citizen.sends("ev_1", kind=kind)
    assert is_urgent(citizen)
    assert "120" in answer
    assert "举报" not in answer
    assert citizen.state.loose.evidence_ids == ("ev_1",)


@pytest.mark.parametrize("said", ["算了", "谢谢", "再见", "你好", "好的", "没用", "举报", "……"])
def test_whatever_is_said_after_a_cry_is_for_the_officers(said: str) -> None:
    citizen = Citizen()
    citizen.says("我不想活了")
    citizen.says(said)
    assert called(citizen) == CallHuman(said, urgent=True)
    assert citizen.state.dialogue == "human"


def test_the_way_back_and_larger_print_are_open_after_a_cry() -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    citizen.says("我不想活了")
    citizen.says("字太小了")
    assert called(citizen) is None
    assert citizen.state.style == "big"
    citizen.says("0")
    assert citizen.state.dialogue == "report"


def test_an_edit_puts_the_draft_right_and_is_heard() -> None:
    citizen = Citizen()
    citizen.says("我要举报")
    citizen.does(Edited("电梯里有贷款广告", "贷款害得我不想活了"))
    assert citizen.effect(AmendTip) == AmendTip("电梯里有贷款广告", "贷款害得我不想活了")
    assert is_urgent(citizen)
    citizen.does(Edited("贷款害得我不想活了", "贷款害得我不想活了，唉"))
    assert called(citizen) is None  # it was heard when it was said


def test_words_under_an_album_are_heard_once_and_its_pictures_wait() -> None:
    citizen = Citizen()
    citizen.does(AlbumPiece("a", ("ev_1",), "picture", "我不想活了"))
    assert citizen.effect(WaitForQuiet) is not None
    assert citizen.state.album.words == ""


def test_pieces_are_no_part_of_what_is_known_for_long() -> None:
    citizen = Citizen(state=State())
    citizen.says("我想")
    citizen.says("这是一句比较长的话，讲的是电梯里看到的一张贷款广告")
    assert citizen.state.just_said == ()
