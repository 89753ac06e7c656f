"""The WeChat peer as a program: what a person does there is pushed to the account's server, sealed or plain."""

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from bot.channels import RemoteMedia
from bot.conversation.messages import Arrived, Incoming, Left, Said
from bot.wechat.door import build_door
from tests.bot.front_desk import RecordingDesk
from tests.bot.wechat.conftest import KEY, OPENID, settings
from tests.peers.serving import served
from tests.peers.wechat import Pushing, WeChatPeer
from tests.peers.wechat_crypto import WeChatCrypto

DOINGS: dict[str, Incoming] = {
    "follow": Arrived("follow"),
    "follow/{0}?scene=village-07": Arrived("follow", scene="village-07"),
    "say/{0}?text=<b>%20%26%20你好": Said("<b> & 你好"),
    "tap/{0}?key=report": Arrived("menu", scene="report"),
    "unfollow": Left(),
}


@pytest.mark.parametrize("is_secure", [True, False])
def test_what_a_person_plays_is_pushed_and_its_answer_shown(
    peer: WeChatPeer, wechat: WeChatCrypto, is_secure: bool
) -> None:
    desk, app = RecordingDesk(), FastAPI()
    app.include_router(build_door(desk, settings(encoding_aes_key=SecretStr(KEY if is_secure else ""))))
    with served(app) as address, httpx.Client(base_url=peer.address, trust_env=False) as person:
        peer.pushing = Pushing(f"{address}/wechat", wechat, is_secure)
        for doing in DOINGS:
            path = doing.format(OPENID) if "{0}" in doing else f"{doing}/{OPENID}"
            assert person.post(f"/_peer/{path}").json() == {"status": 200, "shown": "收到。"}
        person.post(f"/_peer/photo/{OPENID}", content=b"jpeg")
    *before, photo = desk.arrivals
    assert [arrival.incoming for arrival in before] == list(DOINGS.values())
    (media,) = photo.media
    assert media == RemoteMedia("picture", media.ref)
    assert peer._media[media.ref][0] == b"jpeg"
