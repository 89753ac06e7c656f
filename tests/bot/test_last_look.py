"""What leaves over every channel: no promise, whoever wrote it; the citizen's own words as they said them."""

from dataclasses import replace

import pytest

from bot.conversation.replies import Reply
from bot.conversation.state import Draft, State
from bot.last_look import without_promises
from entrypoints.desk import Desk
from tests.bot.chatting import Person

INSTEAD = "请打 12345。"


@pytest.mark.parametrize(
    "promise", ["稳赚不赔，放心投", "穩賺不賠", "保 证 还 款", "A full refund is guaranteed"]
)
def test_the_sentence_that_promises_is_taken_out_and_the_rest_is_said(promise: str) -> None:
    reply = Reply(f"您的举报收到了。{promise}。\n别再转钱。")
    assert without_promises(reply, (State(),), INSTEAD).text == "您的举报收到了。别再转钱。"


def test_an_answer_that_is_nothing_but_a_promise_becomes_a_way_to_ask() -> None:
    assert without_promises(Reply("我们保证追回您的钱"), (State(),), INSTEAD).text == INSTEAD


def test_what_the_citizen_said_is_read_back_to_them_though_it_promises() -> None:
    said = State(draft=Draft(words="他们跟我说稳赚不赔。还保证还款"))
    reply = Reply("我念一遍：\n您说：他们跟我说稳赚不赔。还保证还款\n现在交上去吗？")
    assert without_promises(reply, (State(), said), INSTEAD) == reply


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_way_of_the_conversation_lets_a_promise_out(
    desk: Desk, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = desk.engine.book
    promising = tuple(
        warning.model_copy(update={"body": f"别信他们。\n我们一定帮您追回。\n{warning.body}"})
        for warning in book.warnings
    )
    monkeypatch.setattr(desk.engine, "book", replace(book, warnings=promising))
    answer = await person.says("风险提示", "1")
    assert "别信他们。" in answer
    assert "追回" not in answer
