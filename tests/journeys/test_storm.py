"""In a storm of deliveries, with processes killed, everybody ends with the right tip, once, and with an answer.

`make storm` has the whole one.
"""

from pathlib import Path

import pytest

from foundation.settings import Settings
from tests.deployment import Deployment
from tests.journeys.storm import Storm


@pytest.mark.slow
async def test_everybody_ends_with_the_right_tip_once_and_an_answer(
    settings: Settings, tmp_path: Path
) -> None:
    Deployment(settings, tmp_path).run("packs", "load")
    storm = Storm(settings, tmp_path, users=24, with_pictures=2, kill_every=(1.0, 4.0), most_kills=3)
    await storm.rage()
    assert storm.faults() == []
    assert storm.kills == 3
    assert storm.deliveries > 2 * sum(one.messages for one in storm.outcomes)
    assert "The chain holds" in Deployment(settings, tmp_path).run("audit", "verify")
