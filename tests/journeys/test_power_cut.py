"""The power goes at any moment after the receipt was shown: every job still completes, once."""

import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from entrypoints.demo import open_visitor
from foundation.database import sync_url
from foundation.settings import Settings
from tests.deployment import Deployment
from tests.leaflets import draw_leaflet

MOMENTS = (0.0, 0.4, 1.2, 2.5)
"""Seconds after the receipt at which it is killed: before, during and after the reading of the picture."""


def _count(url: str, query: str) -> int:
    engine = create_engine(sync_url(url))
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())
    finally:
        engine.dispose()


def _report_by_photo(address: str) -> str:
    visitor = open_visitor(address)
    visitor.show(draw_leaflet(angle=2))
    for words in ("举报它", "东街菜市场门口", "墙上", "没有了"):
        visitor.say(text=words)
    lines = visitor.say(text="提交")
    said = "\n".join(str(line["text"]) for line in lines)
    assert "回执号：QS-" in said
    return said.split("回执号：")[1][:14]


@pytest.mark.slow
def test_every_job_completes_once_whenever_the_power_goes(settings: Settings, tmp_path: Path) -> None:
    deployment = Deployment(settings, tmp_path)
    deployment.run("packs", "load")
    receipts = []
    for moment in MOMENTS:
        deployment.start()
        receipts.append(_report_by_photo(deployment.address))
        time.sleep(moment)
        deployment.kill()
    deployment.start()
    try:
        url = settings.database_url
        wanted = {
            "SELECT count(*) FROM evidence WHERE state = 'read'": len(MOMENTS),
            "SELECT count(*) FROM tip_match": 2
            * len(MOMENTS),  # once at submission, once when the picture was read
            "SELECT count(*) FROM audit_entry WHERE act = 'evidence.read'": len(MOMENTS),
            "SELECT count(*) FROM audit_entry WHERE act = 'tip.screened'": 2 * len(MOMENTS),
            "SELECT count(*) FROM pending_judgement WHERE answered_at IS NOT NULL": len(MOMENTS),
            "SELECT count(*) FROM outbox_message WHERE state = 'sent'": len(MOMENTS),
        }
        until = time.monotonic() + 90
        while time.monotonic() < until:
            found = {query: _count(url, query) for query in wanted}
            if found == wanted:
                break
            time.sleep(0.5)
        assert found == wanted
        time.sleep(2)  # a job that ran twice would show now
        assert {query: _count(url, query) for query in wanted} == wanted
        assert len(set(receipts)) == len(MOMENTS)
    finally:
        deployment.stop()
    assert "The chain holds" in deployment.run("audit", "verify")
