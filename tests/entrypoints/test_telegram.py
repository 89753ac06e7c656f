"""`qianshao telegram …`, at a Bot API server of the tests' own."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import anyio
import pytest

from bot import contacts
from bot.conversation.languages import Language
from bot.conversation.state import State
from bot.telegram.commands import COMMANDS
from bot.telegram.updates import ALLOWED
from entrypoints.setting_up import load_packs, opened
from foundation.clock import now
from foundation.settings import Settings
from tests.deployment import PROJECT, as_environment
from tests.entrypoints.commanding import Operator
from tests.peers.telegram import TelegramPeer

LISTED = {
    "start", "tip", "ask", "quiz", "mytips", "big", "language", "privacy", "human", "cancel", "delete"
}  # fmt: skip


@pytest.fixture
def peer(operator: Operator) -> Iterator[TelegramPeer]:
    """The Bot API; the operator's variables name it."""
    with TelegramPeer().running() as running:
        operator.variables |= {
            "QIANSHAO_PUBLIC_URL": "https://tips.example",
            "QIANSHAO_TELEGRAM__TOKEN": running.token,
            "QIANSHAO_TELEGRAM__WEBHOOK_SECRET": "a_secret-of-the-tests",
            "QIANSHAO_TELEGRAM__API_BASE": running.address,
        }
        yield running


def test_webhook_is_set_looked_at_and_deleted(operator: Operator, peer: TelegramPeer) -> None:
    peer.waiting.append(peer.text(1, "你好"))
    done = operator.calls("telegram", "webhook", "set")
    assert (done.code, "https://tips.example/telegram" in done.out) == (0, True)
    assert peer.webhook_url == "https://tips.example/telegram"
    assert peer.webhook_secret == "a_secret-of-the-tests"
    assert tuple(peer.allowed_updates) == ALLOWED
    assert len(peer.waiting) == 1
    told = operator.calls("telegram", "webhook", "info")
    assert '"pending_update_count": 1' in told.out
    assert '"url": "https://tips.example/telegram"' in told.out
    operator.calls("telegram", "webhook", "set", "--drop-pending")
    assert peer.waiting == []
    assert operator.calls("telegram", "webhook", "delete").code == 0
    assert peer.webhook_url == ""


def test_webhook_that_telegram_refuses_is_one_sentence_without_the_token(
    operator: Operator, peer: TelegramPeer
) -> None:
    done = operator.calls("telegram", "webhook", "set", PUBLIC_URL="http://127.0.0.1:8000")
    assert done.code == 1
    assert "An HTTPS URL must be provided" in done.err
    assert "Traceback" not in done.err
    assert peer.token not in done.out + done.err
    assert operator.calls("telegram", "webhook", "set", TELEGRAM__WEBHOOK_SECRET="").sentence.startswith(
        "QIANSHAO_TELEGRAM__WEBHOOK_SECRET"
    )
    assert operator.calls("telegram", "webhook", "info", TELEGRAM__TOKEN="").sentence.startswith(
        "QIANSHAO_TELEGRAM__TOKEN"
    )


def test_lists_by_language_need_no_database(operator: Operator, peer: TelegramPeer) -> None:
    done = operator.calls("telegram", "commands", "set", "--no-chats")
    assert done.out == "Lists by language are set: zh-Hans for everybody, zh-Hans for zh, en for en.\n"
    assert peer.commands[""] == peer.commands["zh"] == dict(COMMANDS["zh-Hans"])
    assert peer.commands["en"] == dict(COMMANDS["en"])
    assert all({command for command, _ in described} == LISTED for described in COMMANDS.values())
    assert set(COMMANDS) == {"zh-Hans", "zh-Hant", "en"}
    assert set(peer.commands) == {"", "zh", "en"}  # of private chats alone


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_chats_in_traditional_or_in_a_chosen_language_get_a_list_of_their_own_once_and_again(
    operator: Operator, peer: TelegramPeer, settings: Settings
) -> None:
    operator.variables = as_environment(settings) | operator.variables
    anyio.run(
        make_chats,
        settings,
        {
            700001: State(),  # simplified by itself: the list of everybody is theirs
            700002: State(language=Language.TRADITIONAL),  # as their client said
            700003: State(language=Language.TRADITIONAL, language_is_chosen=True),
            700004: State(language=Language.ENGLISH, language_is_chosen=True),
            700005: State(language=Language.SIMPLIFIED, language_is_chosen=True),
            700006: State(language=Language.TRADITIONAL),
        },
        {700006},
    )
    for _ in range(2):
        done = operator.calls("telegram", "commands", "set")
        assert done.out.splitlines()[1] == (
            "Lists of single chats are set: 1 in en, 1 in zh-Hans, 2 in zh-Hant; 1 cannot be reached."
        ), done
        own = {place for place in peer.commands if place.startswith("chat")}
        assert own == {"chat 700002", "chat 700003", "chat 700004", "chat 700005"}
        assert peer.commands["chat 700002"] == peer.commands["chat 700003"] == dict(COMMANDS["zh-Hant"])
        assert peer.commands["chat 700004"] == dict(COMMANDS["en"])
        assert peer.commands["chat 700005"] == dict(COMMANDS["zh-Hans"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_chat_whose_list_telegram_wants_later_gets_it_when_its_time_has_come(
    operator: Operator, peer: TelegramPeer, settings: Settings
) -> None:
    operator.variables = as_environment(settings) | operator.variables
    anyio.run(make_chats, settings, {700002: State(language=Language.TRADITIONAL)}, set())
    for _ in range(3):  # the lists by language
        peer.let_through("setMyCommands")
    peer.flood("setMyCommands", 1)
    began = time.monotonic()
    assert "1 in zh-Hant" in operator.calls("telegram", "commands", "set").out
    assert time.monotonic() - began > 1
    assert peer.commands["chat 700002"] == dict(COMMANDS["zh-Hant"])


async def make_chats(settings: Settings, states: dict[int, State], blocked: set[int]) -> None:
    """Chats that have got so far; some of these people have blocked the bot since."""
    async with opened(settings) as (database, vault), database.writing() as session:
        for chat, state in states.items():
            known = await contacts.recognise(session, vault, channel="telegram", address=str(chat), at=now())
            statement, values = contacts.remembering(known, state, now())
            await statement.run(session, values)
            if chat in blocked:
                await contacts.mark_unreachable(session, known.contact_id, now())
        await session.commit()


def wait_for(what: Callable[[], object], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_polling_takes_updates_through_the_same_inbox(
    operator: Operator, peer: TelegramPeer, settings: Settings
) -> None:
    anyio.run(load_packs, settings)
    environment = as_environment(settings) | operator.variables
    of_tomorrow = peer.text(700002, "你好")
    of_tomorrow["message"]["text"] = {"thought": "你好"}
    peer.waiting += [of_tomorrow, peer.text(700001, "/start")]
    with subprocess.Popen(
        [sys.executable, "-m", "entrypoints.console", "telegram", "poll", "--no-jobs"],
        env=environment, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        try:
            wait_for(lambda: peer.said_to(700001))
            peer.waiting.append(peer.press_shown(700001, "我要举报"))
            wait_for(lambda: len(peer.said_to(700001)) == 2)
            assert "照片" in str(peer.said_to(700001)[1].text)
            assert "打不开" in str(peer.said_to(700002)[0].text)  # and holds nobody else back
            wait_for(lambda: not peer.waiting)  # all are confirmed, so that neither is fetched again
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        finally:
            process.kill()
        assert process.stderr is not None
        assert peer.token.encode() not in process.stderr.read()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_polling_a_bot_that_has_a_webhook_is_refused(
    operator: Operator, peer: TelegramPeer, settings: Settings
) -> None:
    anyio.run(load_packs, settings)
    operator.variables = as_environment(settings) | operator.variables
    peer.webhook_url = "https://elsewhere.example/telegram"
    assert "webhook delete" in operator.calls("telegram", "poll", "--no-jobs").err
