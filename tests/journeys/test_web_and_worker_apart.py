"""The web and the worker as two processes: the worker may die and come back, the web never waits for it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from foundation.settings import Settings
from tests.deployment import PROJECT, as_environment, deployed
from tests.journeys.citizens import WebVisitor, wait_to_hear
from tests.leaflets import draw_leaflet


def start_worker(settings: Settings, folder: Path) -> "subprocess.Popen[bytes]":
    """A worker in a process of its own, as `qianshao worker` starts it."""
    log = (folder / "worker.log").open("ab")
    return subprocess.Popen(
        [sys.executable, "-m", "entrypoints.console", "worker"],
        env=as_environment(settings), cwd=PROJECT, stdout=log, stderr=log, start_new_session=True,
    )  # fmt: skip


@pytest.mark.slow
def test_what_the_web_took_in_is_worked_off_by_a_worker_that_comes_later(
    settings: Settings, tmp_path: Path
) -> None:
    apart = settings.model_copy(update={"worker_embedded": False})
    with deployed(apart, tmp_path) as deployment:
        citizen = WebVisitor(deployment.address)
        citizen.show(draw_leaflet())
        for words in ("举报它", "东街菜市场门口", "墙上", "没有了", "提交"):
            citizen.say(words)
        wait_to_hear(citizen, "回执号：QS-", seconds=5)  # with nobody at work yet
        assert not any("疑似" in text for text in citizen.heard())

        worker = start_worker(apart, tmp_path)
        try:
            wait_to_hear(citizen, "疑似")
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        finally:
            worker.kill()
