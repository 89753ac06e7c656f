"""Each channel in turn, connected to a deployment of real processes and to a peer of its platform."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from foundation.settings import Settings, TelegramSettings, WeChatSettings
from tests.deployment import Deployment, deployed
from tests.journeys.citizens import Citizen, TelegramUser, WebVisitor, WeChatFollower
from tests.peers.telegram import TelegramPeer
from tests.peers.wechat import WeChatPeer
from tests.peers.wechat_crypto import wechat_crypto

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@pytest.fixture(params=["webchat", "telegram", "wechat"])
def channel(
    request: pytest.FixtureRequest, settings: Settings, tmp_path: Path
) -> Iterator[tuple[Deployment, Callable[[], Citizen]]]:
    """A deployment with this channel connected, and how somebody arrives on it."""
    with ExitStack() as stack:
        if request.param == "telegram":
            telegram = stack.enter_context(TelegramPeer().running())
            telegram.webhook_secret = "a-secret-of-the-tests"
            settings = settings.model_copy(
                update={
                    "telegram": TelegramSettings(
                        token=SecretStr(telegram.token),
                        webhook_secret=SecretStr(telegram.webhook_secret),
                        api_base=telegram.address,
                    )
                }
            )
        elif request.param == "wechat":
            wechat = stack.enter_context(WeChatPeer().running())
            crypto = stack.enter_context(wechat_crypto("wechat-token", KEY, "wx0123456789abcdef"))
            settings = settings.model_copy(
                update={
                    "wechat": WeChatSettings(
                        app_id="wx0123456789abcdef",
                        app_secret=SecretStr(wechat.app_secret),
                        token=SecretStr("wechat-token"),
                        encoding_aes_key=SecretStr(KEY),
                        api_base=wechat.address,
                    )
                }
            )
        deployment = stack.enter_context(deployed(settings, tmp_path))
        match request.param:
            case "webchat":
                yield deployment, lambda: WebVisitor(deployment.address)
            case "telegram":
                yield deployment, lambda: TelegramUser(deployment.address, telegram)
            case _:
                yield deployment, lambda: WeChatFollower(deployment.address, wechat, crypto)
