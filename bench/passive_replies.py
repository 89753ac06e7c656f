"""WeChat's passive replies while pictures are being read: the goal is a p99 under 500 ms with 50 pictures a minute.

One `qianshao serve` with its worker and one reader process, as a county runs it, on the cores that there are; beside it on
the same cores WeChat's API (which the pictures are fetched from) and the load. Texts arrive at chance moments; pictures
too, each of a citizen of its own, each different. A reply that comes after 3.5 s counts with the time it took.

    python -m bench.passive_replies [--seconds 60] [--texts 10] [--pictures 50] [--database SQLite]
"""

import argparse
import contextlib
import os
import re
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import SecretStr

from bench import servers
from bench.databases import KINDS, FreshUrl
from bench.load import Answered, pace
from bench.messages import APP_ID, EVERYDAY, Act, Request, prepare, writer
from foundation.settings import Settings, TelegramSettings
from tests.deployment import Deployment, deployed
from tests.leaflets import draw_leaflet
from tests.peers.wechat import WeChatPeer

WARM_SECONDS = 5.0
"""Before the clock starts; the reader has read its first picture by then."""


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


def send_photos(site: Deployment, some: list[Request], seconds: float, every: float = 1.0) -> list[float]:
    """Sends one after the other, evenly spaced, for so long; the seconds until each answer."""
    took, began = [], time.monotonic()
    for number, request in enumerate(some):
        time.sleep(max(0.0, began + number * every - time.monotonic()))
        if time.monotonic() - began > seconds and number:
            break
        head, _, body = request.raw.partition(b"\r\n\r\n")
        target = head.split(b" ", 2)[1].decode()
        since = time.monotonic()
        httpx.post(f"{site.address}{target}", content=body, timeout=30).raise_for_status()
        took.append(time.monotonic() - since)
    return took


def measure(fresh: FreshUrl, plan: Plan, seed: int) -> tuple[Answered, float, int]:
    """Latencies of the texts, the slowest push of a picture in milliseconds, and how many were read a minute."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qianshao-bench-")))
        peer = stack.enter_context(WeChatPeer(app_id=APP_ID).running())
        settings = settings_of(fresh("passive"), folder, peer)
        servers.set_up(settings)
        site = stack.enter_context(deployed(settings, folder))
        port = int(site.address.rpartition(":")[2])
        total = plan.seconds + WARM_SECONDS
        some = photos(peer, int(plan.pictures / 60 * total * 1.6) + 5, seed + 1)
        texts = prepare("wechat", EVERYDAY, seed, int(plan.texts * total * 1.4) + 50)
        send_photos(site, some[:1], 0)
        while not pictures_read(site):
            time.sleep(0.2)
        shown: list[float] = []
        sending = threading.Thread(
            target=lambda: shown.extend(send_photos(site, some[1:], total, 60 / plan.pictures))
        )
        before, began = pictures_read(site), time.monotonic()
        sending.start()
        answered = pace(
            port, texts, rate=plan.texts, warm=int(plan.texts * WARM_SECONDS), seconds=plan.seconds
        )
        minutes = (time.monotonic() - began) / 60
        read = pictures_read(site) - before
        sending.join()
    return answered, max(shown) * 1000, round(read / minutes)


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
        quantiles = " | ".join(f"{texts.quantile(share):.0f}" for share in (0.5, 0.95, 0.99, 1))
        print(
            f"| {database} | {texts.rate:.1f} | {read} | {quantiles} | {pushes:.0f} |",
            flush=True,
        )
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
