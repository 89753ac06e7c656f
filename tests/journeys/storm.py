"""A storm: many citizens over every channel at once, every message delivered several times, processes killed.

Two web processes and two workers over one database. A person goes on when they have heard the answer, as people do;
each message is meanwhile delivered up to four times, with delays that bring old ones in between new ones, to either web
process. What fails is delivered again, as the platforms do. The plan comes from a seed.

As a program it runs the whole storm: `python -m tests.journeys.storm --users 200 --database sqlite`.
"""

import argparse
import asyncio
import base64
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import httpx
from pydantic import SecretStr
from sqlalchemy import Connection, create_engine, text

from entrypoints.setting_up import migrate
from foundation.database import sync_url
from foundation.settings import Environment, Settings, TelegramSettings, WeChatSettings
from tests.deployment import PROJECT, Deployment, as_environment, free_port
from tests.journeys.storm_citizens import Citizen, OnTelegram, OnTheWeb, OnWeChat
from tests.peers.telegram import TelegramPeer
from tests.peers.wechat import WeChatPeer
from tests.peers.wechat_crypto import wechat_crypto
from tests.postgres import PostgresServer

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APP = "wx0123456789abcdef"
SECRET = "a-secret-of-the-tests"
PATIENCE_SECONDS = 120
MOST_DELIVERIES = 4
LONGEST_DELAY_SECONDS = 3.0
AGAIN_AFTER_SECONDS = 0.3

T = TypeVar("T")


@dataclass
class Outcome:
    """What became of one person."""

    sign: str
    """The WeChat id in their report, which nobody else's has."""
    pictures: int
    messages: int
    heard: list[str] = field(default_factory=list)
    fault: str = ""


@dataclass
class Crew:
    """Two web processes and two workers; any of them may be killed, and comes back."""

    settings: Settings
    folder: Path
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    kills: int = 0
    _processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    NAMES = ("web-0", "web-1", "worker-0", "worker-1")

    @property
    def bases(self) -> list[str]:
        """The addresses of the web processes."""
        return [f"http://127.0.0.1:{port}" for port in self.ports]

    def start(self, name: str) -> None:
        """Starts one of them."""
        kind, number = name.split("-")
        command = ["serve", "--port", str(self.ports[int(number)])] if kind == "web" else ["worker"]
        settings = self.settings.model_copy(update={"worker_embedded": False, "worker_name": name})
        log = (self.folder / f"{name}.log").open("ab")
        self._processes[name] = subprocess.Popen(
            [sys.executable, "-m", "entrypoints.console", *command],
            env=as_environment(settings), cwd=PROJECT, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def kill(self, name: str) -> None:
        """SIGKILL to it and all that it started."""
        process = self._processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        self.kills += 1

    async def ready(self) -> None:
        """Waits until both web processes answer."""
        async with httpx.AsyncClient() as http:
            for base in self.bases:
                until = time.monotonic() + 90
                while time.monotonic() < until:
                    with contextlib.suppress(httpx.HTTPError):
                        if (await http.get(f"{base}/readyz", timeout=5)).status_code == 200:
                            break
                    await asyncio.sleep(0.1)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """All four, until the end of the block."""
        for name in self.NAMES:
            self.start(name)
        try:
            yield
        finally:
            for name in list(self._processes):
                self.kill(name)
                self.kills -= 1


@dataclass
class Storm:
    """So many people, so many kills, from one seed."""

    settings: Settings
    folder: Path
    users: int
    with_pictures: int
    kill_every: tuple[float, float]
    """Seconds between two kills, at the least and at the most."""
    most_kills: int
    seed: int = 20261122
    outcomes: list[Outcome] = field(default_factory=list)
    deliveries: int = 0
    seconds: float = 0.0
    kills: int = 0

    async def rage(self) -> None:
        """From the first word to the last job."""
        plan = random.Random(self.seed)
        async with AsyncExitStack() as stack:
            telegram = stack.enter_context(TelegramPeer(webhook_secret=SECRET).running())
            wechat = stack.enter_context(WeChatPeer().running())
            crypto = stack.enter_context(wechat_crypto("wechat-token", KEY, APP))
            crew = Crew(connected(self.settings, telegram, wechat), self.folder)
            stack.enter_context(crew.at_work())
            await crew.ready()
            limits = httpx.Limits(max_keepalive_connections=0)  # as calls of a platform, not of one visitor
            began = time.monotonic()
            killing = asyncio.create_task(self._kill(crew, random.Random(plan.random())))
            people = []
            for n in range(self.users):
                citizen: Citizen
                headers = {"X-Qianshao": "1", "X-Forwarded-For": f"10.1.{n // 250}.{n % 250 + 1}"}
                http = await stack.enter_async_context(
                    httpx.AsyncClient(timeout=15, headers=headers, limits=limits)
                )
                if n % 3 == 0:
                    citizen = OnTelegram(telegram, http, 770000 + n)
                elif n % 3 == 1:
                    citizen = OnWeChat(wechat, crypto, http, f"oStorm-{n:04d}", 24 * 10**15 + n * 1000)
                else:
                    citizen = OnTheWeb(http)
                pictures = (1 + 2 * (n % 3 == 0)) if n < self.with_pictures else 0
                outcome = Outcome(f"storm_{n:04d}", pictures, 0)
                self.outcomes.append(outcome)
                people.append(self._live(citizen, outcome, crew.bases, random.Random(plan.random())))
            await asyncio.gather(*people)
            killing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await killing
            for name in Crew.NAMES:
                if name not in crew._processes:
                    crew.start(name)
            self.kills = crew.kills
            await self._until_worked_off()
            for outcome, citizen in zip(self.outcomes, self._citizens, strict=True):
                outcome.heard = await _surely(citizen.heard, crew.bases)
            self.seconds = time.monotonic() - began

    _citizens: list[Citizen] = field(default_factory=list)

    async def _live(self, citizen: Citizen, outcome: Outcome, bases: list[str], plan: random.Random) -> None:
        self._citizens.append(citizen)
        await asyncio.sleep(plan.random() * 2)
        echoes: list[asyncio.Task[None]] = []
        try:
            if isinstance(citizen, OnTheWeb):
                await _surely(lambda base: citizen.http.get(f"{base}/chat"), bases)
            for step, (said, answer) in enumerate(story(outcome)):
                messages = citizen.pictures(outcome.pictures) if said is None else [citizen.words(said)]
                for message in messages:
                    outcome.messages += 1
                    for n in range(plan.randint(1, MOST_DELIVERIES)):
                        delay = plan.random() * 0.1 if n == 0 else plan.random() * LONGEST_DELAY_SECONDS
                        base = plan.randrange(2)
                        echoes.append(asyncio.create_task(self._echo(citizen, message, delay, bases, base)))
                await self._until_heard(citizen, answer, bases, outcome, step)
        except TimeoutError as silence:
            outcome.fault = str(silence)
        await asyncio.gather(*echoes)

    async def _echo(
        self, citizen: Citizen, message: object, delay: float, bases: list[str], first: int
    ) -> None:
        await asyncio.sleep(delay)
        for attempt in range(200):
            self.deliveries += 1
            try:
                await citizen.deliver(message, bases[(first + attempt) % 2])
            except (httpx.HTTPError, OSError):
                await asyncio.sleep(AGAIN_AFTER_SECONDS)
            else:
                return
        raise TimeoutError("a message was never taken")

    async def _until_heard(
        self, citizen: Citizen, answer: str, bases: list[str], outcome: Outcome, step: int
    ) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            said = await _surely(citizen.heard, bases)
            if any(answer in one for one in said):
                return
            await asyncio.sleep(0.1)
        raise TimeoutError(f"step {step}: “{answer}” never came; heard: {said[-6:]}")

    async def _kill(self, crew: Crew, plan: random.Random) -> None:
        for _ in range(self.most_kills):
            await asyncio.sleep(plan.uniform(*self.kill_every))
            name = plan.choice(Crew.NAMES)
            await asyncio.to_thread(crew.kill, name)
            await asyncio.sleep(plan.random())
            crew.start(name)

    async def _until_worked_off(self) -> None:
        """Waits until no job waits or runs."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if await asyncio.to_thread(self.rows, UNFINISHED) == [(0,)]:
                return
            await asyncio.sleep(0.3)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database says."""
        engine = create_engine(sync_url(self.settings.database_url))
        try:
            with engine.connect() as connection:
                _find_queue(connection)
                return [tuple(row) for row in connection.execute(text(query)).all()]
        finally:
            engine.dispose()

    def faults(self) -> list[str]:
        """All that is not as it should be, each in a sentence; empty where everybody has the right tip and an answer."""
        found = [f"{one.sign}: {one.fault}" for one in self.outcomes if one.fault]
        tips: dict[str, list[tuple[object, ...]]] = {}
        for row in self.rows("SELECT words, receipt, place_text, medium, id FROM tip"):
            sign = str(row[0]).partition("微信 ")[2][:10]
            tips.setdefault(sign, []).append(row)
        if set(tips) != {one.sign for one in self.outcomes}:
            found.append(
                f"tips of {sorted(set(tips) ^ {one.sign for one in self.outcomes})} are too many or few"
            )
        files = {row[0]: row[1] for row in self.rows("SELECT tip_id, count(*) FROM evidence GROUP BY tip_id")}
        receipts = {str(rows[0][1]) for rows in tips.values()}
        for one in self.outcomes:
            mine = tips.get(one.sign, [])
            if len(mine) != 1:
                found.append(f"{one.sign} has {len(mine)} tips")
                continue
            words, receipt, place, medium, tip_id = mine[0]
            if (str(words).count(one.sign), place, medium) != (1, PLACE, "wall"):
                found.append(f"{one.sign}'s tip is not right: {mine[0]}")
            if files.get(tip_id, 0) != one.pictures:
                found.append(f"{one.sign}'s tip has {files.get(tip_id, 0)} files of {one.pictures}")
            told = {known for known in receipts if any(known in said for said in one.heard)}
            if told != {receipt}:
                found.append(f"{one.sign} was told the receipts {told} for {receipt}")
        for query, wanted in {
            "SELECT count(*) FROM inbox_message": sum(one.messages for one in self.outcomes),
            "SELECT count(*) FROM contact": self.users,
            "SELECT count(*) FROM audit_entry WHERE act = 'tip.submitted'": self.users,
            "SELECT count(DISTINCT tip_id) FROM tip_match": self.users,
            "SELECT count(*) FROM outbox_message WHERE state <> 'sent'": 0,
            UNFINISHED: 0,
            "SELECT count(*) FROM workflow_status WHERE status IN ('ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')": 0,
        }.items():
            if (there := self.rows(query)[0][0]) != wanted:
                found.append(f"{query}: {there}, not {wanted}")
        return found


PLACE = "东街菜市场门口"
UNFINISHED = "SELECT count(*) FROM workflow_status WHERE status IN ('ENQUEUED', 'DELAYED', 'PENDING')"


def story(outcome: Outcome) -> list[tuple[str | None, str]]:
    """What is said, step by step (None for photos), and a piece of the answer that lets people go on."""
    words = f"无抵押秒下款，放款前先交2000元，加微信 {outcome.sign}"
    if outcome.pictures:
        return [
            (None, f"收到 {outcome.pictures} 张照片"),
            ("举报它", "在哪里看到的"),
            (PLACE, "哪种地方"),
            ("墙上", "还有要说的吗"),
            (words, "还有就接着说"),
            ("没有了，下一步", "我念一遍"),
            ("对，提交", "回执号"),
        ]
    return [
        ("文字举报", "是哪种事"),
        (words, "还有就接着说"),
        ("说完了，下一步", "在哪里看到的"),
        (PLACE, "哪种地方"),
        ("墙上", "交过钱吗"),
        ("没有", "我念一遍"),
        ("对，提交", "回执号"),
    ]


def _find_queue(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET search_path TO public, dbos"))


async def _surely(asked: Callable[[str], Awaitable[T]], bases: list[str]) -> T:
    """Asks one web process after the other until one answers."""
    for attempt in range(400):
        try:
            return await asked(bases[attempt % 2])
        except (httpx.HTTPError, OSError):
            await asyncio.sleep(AGAIN_AFTER_SECONDS)
    raise TimeoutError("nobody answers")


def connected(settings: Settings, telegram: TelegramPeer, wechat: WeChatPeer) -> Settings:
    """The settings with both platforms at their peers."""
    return settings.model_copy(
        update={
            "telegram": TelegramSettings(
                token=SecretStr(telegram.token),
                webhook_secret=SecretStr(SECRET),
                api_base=telegram.address,
            ),
            "wechat": WeChatSettings(
                app_id=APP,
                app_secret=SecretStr(wechat.app_secret),
                token=SecretStr("wechat-token"),
                encoding_aes_key=SecretStr(KEY),
                api_base=wechat.address,
            ),
        }
    )


def main() -> None:
    """The whole storm, on a database made for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=20, help="how many of them send photos")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qianshao-storm-")))
        if asked.database == "sqlite":
            url = f"sqlite:///{folder}/qianshao.db"
        else:
            server = stack.enter_context(PostgresServer.started())
            url = stack.enter_context(server.fresh_database())
        settings = Settings(
            environment=Environment.test,
            database_url=url,
            blobs_url=f"file://{folder}/blobs",
            master_keys=SecretStr(f"storm:{base64.b64encode(os.urandom(32)).decode()}"),
            _env_file=None,
        )
        if asked.database == "sqlite":
            migrate(settings)
        Deployment(settings, folder).run("packs", "load")
        storm = Storm(settings, folder, asked.users, asked.pictures, (2.0, 8.0), asked.kills, seed=asked.seed)
        asyncio.run(storm.rage())
        faults = storm.faults()
        print(
            f"{asked.database}: {asked.users} people, {storm.deliveries} deliveries of"
            f" {sum(one.messages for one in storm.outcomes)} messages, {storm.kills} processes killed,"
            f" {storm.seconds:.0f} s: {'everybody has the right tip, once, and an answer' if not faults else ''}"
        )
        print("\n".join(faults), end="\n" if faults else "")
        print(Deployment(settings, folder).run("audit", "verify"), end="")
        sys.exit(bool(faults))


if __name__ == "__main__":
    main()
