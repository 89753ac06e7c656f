"""A switch of the matching model, and back: the web and the worker that run follow it without a restart."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from entrypoints.setting_up import opened
from foundation.clock import now
from foundation.ids import new_id
from foundation.settings import Settings
from knowledge.learning.measuring import Figures
from knowledge.learning.tables import MatchingModel, ModelState
from knowledge.learning.versions import SHIPPED
from knowledge.matching.learning import OfferModel
from reports import intake
from reports.intake import Submission
from reports.tables import TipMatch
from tests.deployment import deployed
from tests.journeys.citizens import WebVisitor, wait_to_hear
from tests.journeys.test_web_and_worker_apart import start_worker

AD = "无视黑白户，凭身份证当天放款，先交手续费，办成再付尾款，加微信xiaoming88"
DEAF = "officers-1"
FAILED = Figures(0, 0, 0.0, 0.0, 0.0, 0.0, 0.0).to_json()


async def _add_deaf_version(settings: Settings) -> None:
    """A version that hears an offer in nothing."""
    model = OfferModel(DEAF, -30.0, {}, {}, trust=0.9)
    async with opened(settings) as (database, _), database.writing() as session:
        session.add(
            MatchingModel(
                name=DEAF, parent=SHIPPED, created_at=now(), known_texts=0, state=ModelState.candidate.value,
                data={"model": model.to_json(), "exemplars": []}, figures={"own": FAILED, "parent": FAILED},
            )
        )  # fmt: skip
        await session.commit()


async def _judged_by(settings: Settings) -> str:
    """Hands a tip in and says which version the worker judged it by."""
    async with opened(settings) as (database, vault):
        async with database.writing() as session:
            reporter, _ = vault.new_reporter(now())
            session.add(reporter)
            tip = await intake.submit(
                session,
                Submission(
                    reporter_id=reporter.id, channel="webchat", kind="words", submission_key=new_id("key"), words=AD,
                    evidence_ids=(), place_text="老街", medium="flyer", jurisdiction="demo-county",
                ),
                now(),
            )  # fmt: skip
            await session.commit()
        for _ in range(300):
            async with database.reading() as session:
                found = (await session.exec(select(TipMatch).where(TipMatch.tip_id == tip.id))).first()
            if found is not None:
                return str(found.result["model"])
            await asyncio.sleep(0.2)
    raise AssertionError("the worker never judged the tip")


def _is_likely(address: str) -> bool:
    """What the web says to somebody who asks about the advertisement."""
    citizen = WebVisitor(address)
    citizen.say(AD)
    wait_to_hear(citizen, "先", seconds=20)
    return any("这很像" in text for text in citizen.heard())


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until, "the switch was never followed"


@pytest.mark.slow
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_web_and_worker_follow_a_switch_and_the_way_back(settings: Settings, tmp_path: Path) -> None:
    apart = settings.model_copy(update={"worker_embedded": False, "follow_every_seconds": 0.2})
    with deployed(apart, tmp_path) as deployment:
        asyncio.run(_add_deaf_version(apart))
        worker = start_worker(apart, tmp_path)
        try:
            assert _is_likely(deployment.address)
            assert asyncio.run(_judged_by(apart)) == SHIPPED
            assert f"{DEAF} is in force instead of {SHIPPED}" in deployment.run("model", "use", DEAF)
            _until(lambda: not _is_likely(deployment.address))
            _until(lambda: asyncio.run(_judged_by(apart)) == DEAF)
            deployment.run("model", "use", SHIPPED)
            _until(lambda: _is_likely(deployment.address))
            _until(lambda: asyncio.run(_judged_by(apart)) == SHIPPED)
            assert worker.poll() is None
            assert deployment.process is not None
            assert deployment.process.poll() is None
        finally:
            worker.kill()
