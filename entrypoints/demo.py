"""The `demo` command: sets up a demonstration in a folder of its own, serves it, and lets a few demo citizens report."""

import asyncio
import contextlib
import json
import logging
import os
import socket
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import typer
from sqlmodel import col, func, select

from entrypoints.keys import master_keys
from entrypoints.serving import serve
from entrypoints.setting_up import add_officer, load_packs, migrate, opened, reset_officer
from foundation import logs
from foundation.crypto import new_master_key
from foundation.errors import Refusal
from foundation.settings import Environment, Settings, read_settings
from moderation.tables import Officer
from reports.tables import Tip

log = logging.getLogger(__name__)

OFFICERS = (
    ("reviewer", "演示审核员", "reviewer"),
    ("supervisor", "演示主管", "supervisor"),
    ("finance", "演示财务", "finance"),
)
STORIES = Path(__file__).parent / "demo_stories"
"""What the demo citizens send: their words, and pictures of leaflets made up for the purpose."""


class PortTaken(Refusal):
    """Port {port} is taken: choose another with `make demo PORT=8001`."""


def run(folder: Path, port: int) -> None:
    """Sets up what is missing, prints how to sign in, and serves until told to stop. A second run keeps the data."""
    _refuse_taken_port(port)
    settings = demo_settings(folder, port)
    logs.configure("WARNING")
    master_keys(settings)
    migrate(settings)
    asyncio.run(load_packs(settings))
    passwords = asyncio.run(_officers(settings))
    has_tips = asyncio.run(_has_tips(settings))
    _print_welcome(settings, passwords)
    if not has_tips:
        threading.Thread(target=_tell_stories, args=(settings.public_url,), daemon=True).start()
    serve(settings, host="127.0.0.1", port=port)


def demo_settings(folder: Path, port: int) -> Settings:
    """The embedded defaults; channels that the operator has configured take part."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return read_settings(
        environment=Environment.demo,
        database_url=f"sqlite:///{folder}/qianshao.db",
        blobs_url=f"file://{folder}/blobs",
        master_keys=_keys(folder / "master.keys"),
        public_url=f"http://127.0.0.1:{port}",
        jurisdiction="demo-county",
        log_level="WARNING",
    )


def _keys(path: Path) -> str:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(new_master_key("demo"))
    return path.read_text().strip()


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise PortTaken(port=port) from None


async def _officers(settings: Settings) -> list[str]:
    """Makes the demo officers; whoever has not signed in yet gets a fresh one-time password."""
    async with opened(settings) as (database, _), database.reading() as session:
        known = {row.login: row for row in (await session.exec(select(Officer))).all()}
    sentences = []
    for login, name, role in OFFICERS:
        if login not in known:
            sentences.append(await add_officer(settings, login=login, name=name, role=role, is_demo=True))
        elif known[login].must_change_password:
            sentences.append(await reset_officer(settings, login=login))
        else:
            sentences.append(f"{login}: signs in with the password chosen at the first sign-in")
    return sentences


async def _has_tips(settings: Settings) -> bool:
    async with opened(settings) as (database, _), database.reading() as session:
        return (await session.exec(select(func.count(col(Tip.id))))).one() > 0


def _print_welcome(settings: Settings, passwords: list[str]) -> None:
    typer.echo(
        f"\n前哨 Qianshao, a demonstration in the made-up county 前哨县\n\n"
        f"  citizens   {settings.public_url}/chat\n"
        f"  officers   {settings.public_url}/admin\n"
    )
    for sentence in passwords:
        typer.echo(f"    {sentence}")
    typer.echo("\nStop with Ctrl-C. The data stays; `make demo-reset` starts afresh.\n")


class Visitor:
    """Somebody at the web chat, over the same doors as everybody."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._sent = 0
        self._after = 0
        client.get("/chat").raise_for_status()
        self.say(start=True)

    def say(self, **message: Any) -> list[dict[str, Any]]:
        """Sends words (`text`), an option (`choice`) or the greeting (`start`), and returns the new lines."""
        self._sent += 1
        body = {"id": f"message-{self._sent:04d}", "after": self._after, **message}
        return self._new(self._client.post("/chat/api/messages", json=body))

    def show(self, picture: bytes) -> list[dict[str, Any]]:
        """Sends a photo, and returns the new lines."""
        self._sent += 1
        fields = {"id": f"message-{self._sent:04d}", "after": str(self._after)}
        return self._new(
            self._client.post("/chat/api/photos", data=fields, files={"photo": ("photo", picture)})
        )

    def wait(self, seconds: float = 20) -> list[dict[str, Any]]:
        """The lines that come by themselves within `seconds`."""
        return self._new(
            self._client.get(
                "/chat/api/thread", params={"after": self._after, "wait": seconds}, timeout=seconds + 10
            )
        )

    def _new(self, answer: httpx.Response) -> list[dict[str, Any]]:
        answer.raise_for_status()
        lines: list[dict[str, Any]] = answer.json()["lines"]
        self._after = max((line["seq"] for line in lines), default=self._after)
        return lines


def open_visitor(address: str) -> Visitor:
    """A new visitor with a cookie jar of their own."""
    return Visitor(httpx.Client(base_url=address, headers={"X-Qianshao": "1"}, timeout=30))


def _tell_stories(address: str) -> None:
    try:
        _wait_until_ready(address)
        for story in json.loads((STORIES / "stories.json").read_text("utf-8")):
            visitor = open_visitor(address)
            for act in story["acts"]:
                if "picture" in act:
                    visitor.show((STORIES / act["picture"]).read_bytes())
                else:
                    visitor.say(**act)
    except (httpx.HTTPError, OSError) as fault:
        log.warning("the demo tips could not be sent: %s", type(fault).__name__)


def _wait_until_ready(address: str, patience_seconds: float = 90) -> None:
    until = time.monotonic() + patience_seconds
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        time.sleep(0.3)
