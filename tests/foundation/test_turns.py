"""Turns: in line with one's own name, past everybody else, and nothing is kept of those who went."""

import asyncio

from foundation.turns import Turns


async def test_those_with_one_name_go_in_turn_and_others_pass() -> None:
    turns, said = Turns(), list[str]()

    async def speak(name: str, word: str) -> None:
        async with turns.of(name):
            said.append(f"{word} begins")
            await asyncio.sleep(0)
            said.append(f"{word} ends")

    async with turns.of("a"):
        waiting = [asyncio.create_task(speak("a", word)) for word in ("first", "second")]
        await speak("b", "another")
        assert said == ["another begins", "another ends"]
    await asyncio.gather(*waiting)
    assert said[2:] == ["first begins", "first ends", "second begins", "second ends"]


async def test_whoever_fails_or_stops_waiting_holds_nobody_up_and_leaves_no_line() -> None:
    turns = Turns()

    async def fail() -> None:
        async with turns.of("a"):
            stopped = asyncio.create_task(turns.of("a").__aenter__())
            await asyncio.sleep(0)
            stopped.cancel()
            await asyncio.gather(stopped, return_exceptions=True)
            raise ValueError("broken")

    await asyncio.gather(fail(), return_exceptions=True)
    async with turns.of("a"):
        assert len(turns) == 1
    assert len(turns) == 0
