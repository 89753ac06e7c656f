"""Node's `wechat-crypto` as WeChat's side of the envelope: signs and seals pushes, opens our answers."""

import fcntl
import json
import os
import secrets
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

FOLDER = Path(__file__).parent / "node"


PACKAGES = ("wechat-crypto", "axe-core")


def _is_installed() -> bool:
    return all((FOLDER / "node_modules" / name).is_dir() for name in PACKAGES)


def install() -> None:
    """Installs the locked packages where one is missing; several test processes may ask at once."""
    if _is_installed():
        return
    folder = os.open(FOLDER, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not _is_installed():
            subprocess.run(
                ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"],
                cwd=FOLDER,
                check=True,
                timeout=120,
            )
    finally:
        os.close(folder)


@dataclass
class WeChatCrypto:
    """WeChat as the sender of pushes to one account."""

    token: str
    key: str
    app_id: str
    _node: "subprocess.Popen[str]"

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def _ask(self, **request: str) -> dict[str, Any]:
        asked = {"token": self.token, "key": self.key, "id": self.app_id, **request}
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        with self._lock:
            self._node.stdin.write(json.dumps(asked) + "\n")
            self._node.stdin.flush()
            answer: dict[str, Any] = json.loads(self._node.stdout.readline())
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def sign(self, timestamp: int, nonce: str, encrypt: str = "") -> str:
        """The signature over token, timestamp, nonce and, in secure mode, the ciphertext."""
        return str(self._ask(act="sign", timestamp=str(timestamp), nonce=nonce, encrypt=encrypt)["signature"])

    def plain(self, timestamp: int, **more: str) -> dict[str, str]:
        """The query of a plain push, or of the URL check."""
        nonce = str(secrets.randbelow(10**10))
        signature = self.sign(timestamp, nonce)
        return {"signature": signature, "timestamp": str(timestamp), "nonce": nonce, **more}

    def secure(self, message: str, timestamp: int, *, beside: str = "") -> tuple[dict[str, str], bytes]:
        """Query and body of a sealed push. `beside` is the plain XML that compatible mode sends along."""
        encrypt = str(self._ask(act="seal", message=message)["encrypt"])
        query = self.plain(timestamp)
        query |= {"encrypt_type": "aes", "msg_signature": self.sign(timestamp, query["nonce"], encrypt)}
        account = "<ToUserName><![CDATA[gh_demo]]></ToUserName>"
        return query, f"<xml>{account}{beside}<Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>".encode()

    def open(self, body: bytes) -> str:
        """The XML inside a sealed answer, whose signature and AppID are checked."""
        outside = ElementTree.fromstring(body)
        encrypt, nonce, timestamp, signature = (
            outside.findtext(name) or "" for name in ("Encrypt", "Nonce", "TimeStamp", "MsgSignature")
        )
        if self.sign(int(timestamp), nonce, encrypt) != signature:
            raise ValueError("the answer's signature is wrong")
        opened = self._ask(act="open", encrypt=encrypt)
        if opened["id"] != self.app_id:
            raise ValueError("the answer is for another AppID")
        return str(opened["message"])


@contextmanager
def wechat_crypto(token: str, key: str, app_id: str) -> Iterator[WeChatCrypto]:
    """A running peer; Node ends with the block."""
    install()
    with subprocess.Popen(
        ["node", "--no-deprecation", "wechat_crypto.js"],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as node:
        yield WeChatCrypto(token, key, app_id, node)
        assert node.stdin is not None
        node.stdin.close()
        node.wait(5)
