"""WeChat's passive replies while pictures are being read: the goal is a p99 under 500 ms with 50 pictures a minute.

One `qianshao serve` with its worker and one reader process, as a county runs it, on the cores that there are; beside it on
the same cores WeChat's API (which the pictures are fetched from) and the load. Texts arrive at chance moments; pictures
too, each of a citizen of its own, each different. A reply that comes after 3.5 s counts with the time it took.

    python -m bench.passive_replies [--seconds 60] [--texts 10] [--pictures 50] [--database SQLite]
"""

import argparse
import asyncio
import contextlib
import os
import random
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import SecretStr

from bench import servers
from bench.databases import KINDS, FreshUrl
from bench.messages import APP_ID, EVERYDAY, Act, Request, prepare, writer
from foundation.settings import Settings, TelegramSettings
from tests.deployment import Deployment, deployed
from tests.leaflets import draw_leaflet
from tests.peers.wechat import WeChatPeer


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of what, for how long."""

    seconds: float
    texts: float
    """A second."""
    pictures: float
    """A minute."""


def photos(peer: WeChatPeer, count: int, seed: int) -> list[Request]:
    """So many citizens who each send one photo, all different."""
    write = writer("wechat", seed)
    made = []
    for number in range(count):
        data = draw_leaflet(
            phone=f"1990000{number % 10_000:04d}", wechat=f"zx_bench_{number}", angle=number % 5
        )
        made.append(write(seed * 1_000_000 + number, Act("photo", peer.keep(data))))
    return made


def settings_of(url: str, folder: Path, peer: WeChatPeer) -> Settings:
    """A deployment in one process, as the README sets one up."""
    settings = servers.settings_of(url, folder, "http://127.0.0.1:9")
    account = settings.wechat.model_copy(
        update={"api_base": peer.address, "app_secret": SecretStr(peer.app_secret)}
    )
    telegram = TelegramSettings()
    return settings.model_copy(
        update={"wechat": account, "telegram": telegram, "worker_embedded": True, "reader_processes": 1}
    )


def pictures_read(site: Deployment) -> int:
    """How many pictures have been read so far, as the metrics say."""
    shown = httpx.get(f"{site.address}/metrics", timeout=30).text
    found = re.search(r'^qianshao_evidence\{state="read"\} (\S+)', shown, re.M)
    return int(float(found[1])) if found else 0


async def send(site: Deployment, some: list[Request], moments: list[float]) -> list[float]:
    """Sends each at its moment, in seconds from now, whether or not the one before is answered; the seconds that each
    answer took from then on. A citizen waits for the answer before saying more, as the load is spread over many.
    """
    took: list[float] = []
    began = time.monotonic()
    async with httpx.AsyncClient(timeout=30) as http:

        async def one(request: Request, moment: float) -> None:
            await asyncio.sleep(max(0.0, began + moment - time.monotonic()))
            head, _, body = request.raw.partition(b"\r\n\r\n")
            target = head.split(b" ", 2)[1].decode()
            answer = await http.post(f"{site.address}{target}", content=body)
            answer.raise_for_status()
            took.append(time.monotonic() - began - moment)

        async with asyncio.TaskGroup() as group:
            for request, moment in zip(some, moments, strict=False):
                group.create_task(one(request, moment))
    return took


def chance_moments(rate: float, seconds: float, seed: int) -> list[float]:
    """Poisson arrivals: `rate` a second for so long."""
    chance, moment, moments = random.Random(seed), 0.0, []
    while (moment := moment + chance.expovariate(rate)) < seconds:
        moments.append(moment)
    return moments


def quantile(took: list[float], share: float) -> float:
    """The milliseconds that `share` of them stay under."""
    ordered = sorted(took)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def measure(fresh: FreshUrl, plan: Plan, seed: int) -> tuple[list[float], list[float], int]:
    """Seconds until each text's answer and each picture's, and how many pictures were read a minute."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qianshao-bench-")))
        peer = stack.enter_context(WeChatPeer(app_id=APP_ID).running())
        settings = settings_of(fresh("passive"), folder, peer)
        servers.set_up(settings)
        site = stack.enter_context(deployed(settings, folder))
        some = photos(peer, int(plan.pictures / 60 * plan.seconds * 1.6) + 5, seed + 1)
        texts = prepare("wechat", EVERYDAY, seed, int(plan.texts * plan.seconds * 1.6) + 50)
        asyncio.run(send(site, some[:1], [0.0]))
        while not pictures_read(site):
            time.sleep(0.2)

        async def both() -> tuple[list[float], list[float]]:
            every = chance_moments(plan.texts, plan.seconds, seed)
            of_pictures = chance_moments(plan.pictures / 60, plan.seconds, seed + 1)
            return await asyncio.gather(send(site, texts, every), send(site, some[1:], of_pictures))

        before, began = pictures_read(site), time.monotonic()
        answered, pushes = asyncio.run(both())
        minutes = (time.monotonic() - began) / 60
        read = pictures_read(site) - before
    return answered, pushes, round(read / minutes)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--texts", type=float, default=10, help="texts a second")
    parser.add_argument("--pictures", type=float, default=50, help="pictures a minute")
    parser.add_argument("--database", choices=list(KINDS), action="append")
    asked = parser.parse_args()
    plan = Plan(asked.seconds, asked.texts, asked.pictures)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start\n")
    print(
        "| database | texts a second | pictures read a minute | p50 | p95 | p99 | slowest | slowest push of a picture |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for number, database in enumerate(asked.database or list(KINDS)):
        with KINDS[database]() as fresh:
            texts, pushes, read = measure(fresh, plan, 11 + 7 * number)
        quantiles = " | ".join(f"{quantile(texts, share):.0f}" for share in (0.5, 0.95, 0.99, 1))
        print(
            f"| {database} | {len(texts) / plan.seconds:.1f} | {read} | {quantiles} | {quantile(pushes, 1):.0f} |",
            flush=True,
        )
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
