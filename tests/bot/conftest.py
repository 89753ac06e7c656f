"""A scripted platform at the real desk."""

import pytest

from bot.channels import ChannelName
from entrypoints.desk import Desk
from tests.bot.chatting import Person, ScriptedChannel


@pytest.fixture
def platform(desk: Desk) -> ScriptedChannel:
    """Telegram's place is taken by a platform that does what the test says."""
    channel = ScriptedChannel(most_now=9)
    desk.channels[ChannelName.telegram] = channel
    return channel


@pytest.fixture
def person(desk: Desk, platform: ScriptedChannel) -> Person:
    """Somebody who writes over that platform."""
    return Person(desk)
