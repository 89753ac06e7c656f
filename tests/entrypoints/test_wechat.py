"""`qianshao wechat …`, against an API that has WeChat's limits."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pydantic import SecretStr
from sqlmodel import Session, create_engine, select

from bot.wechat.menu import read_menu
from foundation.database import sync_url
from foundation.settings import Settings, WeChatSettings
from reports.tables import Scene
from tests.bot.wechat.conftest import APP_ID, KEY, TOKEN
from tests.entrypoints.commanding import Operator
from tests.peers.wechat import WeChatPeer

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def peer() -> Iterator[WeChatPeer]:
    with WeChatPeer(app_id=APP_ID).running() as running:
        yield running


@pytest.fixture
def here(operator: Operator, settings: Settings, peer: WeChatPeer) -> Operator:
    """An operator of a deployment whose account is the peer's."""
    account = WeChatSettings(
        app_id=APP_ID,
        app_secret=SecretStr(peer.app_secret),
        token=SecretStr(TOKEN),
        encoding_aes_key=SecretStr(KEY),
        api_base=peer.address,
    )
    operator.sets(settings.model_copy(update={"wechat": account}))
    return operator


def test_menu_that_ships_is_pushed(here: Operator, peer: WeChatPeer) -> None:
    outcome = here.calls("wechat", "menu", "push")
    assert (outcome.code, outcome.out) == (0, "The menu is in place: 我要举报、问一问、帮助.\n")
    assert peer.menu == read_menu().as_wechat()


def test_dry_run_prints_the_menu_and_asks_nobody(here: Operator, peer: WeChatPeer) -> None:
    outcome = here.calls("wechat", "menu", "push", "--dry-run")
    assert json.loads(outcome.out) == read_menu().as_wechat()
    assert peer.calls == []


def test_menu_of_the_operators_own_may_lead_to_a_mini_program(
    here: Operator, peer: WeChatPeer, tmp_path: Path
) -> None:
    file = tmp_path / "menu.toml"
    file.write_text(
        '[[root]]\nname = "随手拍"\n[[root.entry]]\nname = "随手拍平台"\nmini_program = "wx0123456789abcdef"\n'
        'path = "pages/index"\npage = "https://example.invalid/"\n'
    )
    assert here.calls("wechat", "menu", "push", WECHAT__MENU_FILE=str(file)).code == 0
    assert peer.menu == {
        "button": [
            {
                "name": "随手拍",
                "sub_button": [
                    {
                        "type": "miniprogram",
                        "name": "随手拍平台",
                        "appid": "wx0123456789abcdef",
                        "pagepath": "pages/index",
                        "url": "https://example.invalid/",
                    }
                ],
            }
        ]
    }


@pytest.mark.parametrize(
    ("menu", "told"),
    [
        ("root = []", "root"),
        ('[[root]]\nname = "我要举报啊"\n[[root.entry]]\nname = "人工"\noption = "human"', "我要举报啊"),
        ('[[root]]\nname = "举报"\n[[root.entry]]\nname = "人工"\noption = "nonsense"', "nonsense"),
        (
            '[[root]]\nname = "举报"\n[[root.entry]]\nname = "人工"\noption = "human"\nscan = true',
            "one thing",
        ),
        ('[[root]]\nname = "举报"\n[[root.entry]]\nname = "人工"\npage = "http://example.invalid"', "https"),
        ('[[root]]\nname = "举报"\n[[root.entry]]\nname = "去"\nmini_program = "wx0123456789abcdef"', "path"),
        (
            '[[root]]\nname = "举报"\n[[root.entry]]\nname = "保证还款"\noption = "report"',
            "“保证还款” promises",
        ),
        ('[[root]]\nname = "包赔"\n[[root.entry]]\nname = "人工"\noption = "human"', "“包赔” promises"),
        ("[[root]", "menu.toml"),
    ],
)
def test_menu_that_is_none_is_told_in_one_sentence(
    here: Operator, peer: WeChatPeer, tmp_path: Path, menu: str, told: str
) -> None:
    file = tmp_path / "menu.toml"
    file.write_text(menu)
    outcome = here.calls("wechat", "menu", "push", "--file", str(file))
    assert told in outcome.sentence
    assert peer.calls == []


@pytest.mark.parametrize(
    ("options", "action", "seconds"),
    [((), "QR_STR_SCENE", 2_592_000), (("--days", "7"), "QR_STR_SCENE", 604_800),
     (("--permanent", "--language", "en"), "QR_LIMIT_STR_SCENE", None)],
)  # fmt: skip
def test_poster_of_a_place_carries_its_code(
    here: Operator,
    peer: WeChatPeer,
    settings: Settings,
    tmp_path: Path,
    options: tuple[str, ...],
    action: str,
    seconds: int | None,
) -> None:
    out = tmp_path / "poster.png"
    arguments = ("--scene", "village-07", "--place", "东街村村委会", "--out", str(out), *options)
    outcome = here.calls("wechat", "qr", *arguments)
    assert outcome.code == 0, outcome
    (asked,) = peer.codes.values()
    assert asked["action_name"] == action
    assert asked["action_info"] == {"scene": {"scene_str": "village-07"}}
    assert asked.get("expire_seconds") == seconds
    with Image.open(out) as poster:
        assert poster.size == (1240, 1748)
        (code,) = zxingcpp.read_barcodes(poster)
    assert code.text.startswith("http://weixin.qq.com/q/")
    with Session(create_engine(sync_url(settings.database_url))) as session:
        assert [(row.code, row.place) for row in session.exec(select(Scene)).all()] == [
            ("village-07", "东街村村委会")
        ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--scene", "七号村", "--place", "村", "--out", "x.png"), "letters, digits"),
        (("--scene", "a", "--place", "村", "--out", "x.jpg"), ".png or .pdf"),
        (("--scene", "a", "--place", "村" * 25, "--out", "x.png"), "24"),
        (("--scene", "a", "--place", "钱一定追得回来工作站", "--out", "x.png"), "promises"),
        (("--scene", "a", "--place", "村", "--out", "x.png", "--font", "/nowhere.ttf"), "Chinese font"),
    ],
)
def test_poster_that_cannot_be_made_is_told_before_wechat_is_asked(
    here: Operator, peer: WeChatPeer, arguments: tuple[str, ...], told: str
) -> None:
    assert told in here.calls("wechat", "qr", *arguments).sentence
    assert peer.calls == []


def test_mini_program_that_is_not_the_accounts_is_told_and_switches_nothing_off(
    here: Operator, peer: WeChatPeer
) -> None:
    peer.fail("/cgi-bin/menu/create", 85005)
    assert "not bound to the account" in here.calls("wechat", "menu", "push").sentence
    assert "WeChat menu" not in here.calls("doctor").out


def test_what_wechat_refuses_is_switched_off_and_the_doctor_shows_it(
    here: Operator, peer: WeChatPeer
) -> None:
    peer.fail("/cgi-bin/menu/create", 48001)
    assert "48001" in here.calls("wechat", "menu", "push").sentence
    assert "WeChat menu: switched off since" in here.calls("doctor").out
    peer.fail("/cgi-bin/stable_token", 40164)
    peer.expire_token()
    peer.fail("/cgi-bin/menu/create", 40001)
    assert "IP 白名单" in here.calls("wechat", "menu", "push").sentence
    shown = here.calls("doctor").out
    assert "✗ WeChat account: errcode 40164" in shown
    assert here.calls("wechat", "menu", "push").code == 0
    assert "WeChat menu: switched off" not in here.calls("doctor").out
    assert here.calls("wechat", "allow", "account").out == "account is tried again.\n"
    assert "WeChat account" not in here.calls("doctor").out


def test_account_without_a_secret_is_told_what_is_missing(here: Operator) -> None:
    outcome = here.calls("wechat", "menu", "push", WECHAT__APP_SECRET="")
    assert "QIANSHAO_WECHAT__APP_SECRET" in outcome.sentence
