"""The reader and its workers: no picture, no crash and no sudden end leaves anything broken or behind."""

import asyncio
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from PIL import Image, ImageDraw

from knowledge.pictures.errors import PictureRefused, PictureUnreadable, ReaderUnavailable
from knowledge.pictures.opening import PictureLimits
from knowledge.pictures.reader import PictureReader
from knowledge.pictures.reading import ReadingWarning
from tests.knowledge.pictures import documents, hostile
from tests.leaflets import LOAN_SHARK_LINES, as_jpeg, chinese_font, draw_leaflet, leaflet_image

ROOT = Path(__file__).resolve().parents[3]
CODE = "https://u.wechat.com/EXAMPLEabc123"
PLUMBER_LINES = ("老王管道疏通", "马桶 下水道 化粪池清理", "电话 13900139000")


def slow_picture(lines: int = 50) -> bytes:
    """Seconds of reading: a page of fifty long lines. With twenty it is still more than one."""
    page = Image.new("RGB", (1240, 1500), "white")
    draw = ImageDraw.Draw(page)
    for line in range(lines):
        draw.text((30, 20 + line * 29), "无抵押当天到账加微信详谈不看征信" * 3, "black", chinese_font(22))
    return as_jpeg(page)


async def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it did not come about in time"
        await asyncio.sleep(0.02)


def is_alive(process: int) -> bool:
    """Running, and not merely a dead entry that nobody has collected."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


async def test_a_picture_is_read_and_copied_in_one_go(warm_reader: PictureReader) -> None:
    examined = await warm_reader.examine(draw_leaflet(qr="https://weixin.qq.com/g/EXAMPLE"))
    assert "13800138000" in examined.reading.text
    assert [code.kind for code in examined.reading.codes] == ["wechat_group"]
    assert examined.display.data.startswith(b"\xff\xd8\xff")
    assert (examined.display.width, examined.display.height) == (
        examined.reading.width,
        examined.reading.height,
    )


async def test_the_display_copy_alone_needs_no_models() -> None:
    async with PictureReader() as reader:
        copy = await reader.display(draw_leaflet())
        assert copy.data.startswith(b"\xff\xd8\xff")
        assert reader.peak_bytes < 150 * 1024**2


async def test_a_plainly_wrong_file_starts_no_worker() -> None:
    async with PictureReader() as reader:
        with pytest.raises(PictureRefused) as caught:
            await reader.examine(b"hello")
        assert caught.value.reason == "not_a_picture"
        assert reader.process_ids == ()


async def test_a_refusal_crosses_from_the_worker_with_its_reason(warm_reader: PictureReader) -> None:
    with pytest.raises(PictureRefused) as caught:
        await warm_reader.examine(hostile.png_claiming(600, 600, bytes(10_000)))
    assert caught.value.reason in ("truncated", "broken")


async def test_limits_hold_in_the_worker_too() -> None:
    async with PictureReader(limits=PictureLimits(max_pixels=10_000)) as reader:
        with pytest.raises(PictureRefused) as caught:
            await reader.display(draw_leaflet())
        assert caught.value.reason == "too_many_pixels"


async def test_every_hostile_file_is_answered_by_one_living_worker(warm_reader: PictureReader) -> None:
    await warm_reader.display(draw_leaflet())
    (worker,) = warm_reader.process_ids
    answers: dict[str, str] = {}
    for name, data in hostile.corpus():
        try:
            await warm_reader.examine(data, timeout_seconds=30)
            answers[name] = "read"
        except PictureRefused as refusal:
            answers[name] = refusal.reason
    assert len(answers) >= 150
    assert "unreadable" not in answers.values()
    assert all(answers[name] != "read" for name in answers if " and " in name or "claiming" in name)
    assert warm_reader.process_ids == (worker,)
    assert warm_reader.peak_bytes < 1_000 * 1024**2
    assert "13800138000" in (await warm_reader.examine(draw_leaflet())).reading.text


async def test_a_photo_of_a_phone_that_keeps_heic_is_read_and_copied_upright(
    warm_reader: PictureReader,
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright, stored on its side
    exif.get_ifd(0x8825)[2] = (23.0, 40.0, 0.0)
    leaflet = leaflet_image(LOAN_SHARK_LINES, CODE).rotate(90, expand=True)
    photo = hostile.saved(leaflet, "HEIC", quality=60, exif=exif.tobytes())
    examined = await warm_reader.examine(photo)
    assert "13800138000" in examined.reading.text
    assert [code.payload for code in examined.reading.codes] == [CODE]
    assert ReadingWarning.TURNED not in examined.reading.warnings
    shown = Image.open(io.BytesIO(examined.display.data))
    assert shown.height > shown.width
    assert not shown.getexif()


async def test_the_first_pages_of_a_document_are_read_and_each_page_is_an_ad_of_its_own(
    warm_reader: PictureReader,
) -> None:
    pages = [
        leaflet_image(lines, width=800)
        for lines in (LOAN_SHARK_LINES, PLUMBER_LINES, ("附件",), LOAN_SHARK_LINES)
    ]
    written = hostile.saved(pages[0], "PDF", save_all=True, append_images=pages[1:], resolution=100)
    examined = await warm_reader.examine(written)
    reading = examined.reading
    shark, plumber = (reading.text_of(ad) for ad in reading.ads)
    assert "13800138000" in shark
    assert "13900139000" in plumber
    assert reading.text.count("13800138000") == 1  # the fourth page is not read
    assert reading.warnings == (ReadingWarning.FIRST_PAGES_ONLY,)
    assert examined.display.height > 1.5 * examined.display.width


async def test_a_document_made_to_burst_memory_ends_its_worker_and_nothing_else() -> None:
    async with PictureReader(memory_bytes=700 * 1024**2) as reader:
        bomb = documents.document(documents.stream(b"0 0 1 1 re f " * 8_000_000))
        with pytest.raises(PictureUnreadable):
            await reader.display(bomb)
        assert (await reader.display(documents.document())).height == 1600


async def test_a_worker_killed_at_work_is_replaced_and_the_picture_read_all_the_same() -> None:
    async with PictureReader() as reader:
        await reader.warm()
        (worker,) = reader.process_ids
        asked = asyncio.create_task(reader.examine(slow_picture(lines=20)))
        await asyncio.sleep(0.5)
        os.kill(worker, signal.SIGKILL)
        assert "无抵押" in (await asked).reading.text
        assert worker not in reader.process_ids


async def test_a_picture_that_kills_two_workers_is_refused_and_the_next_one_read() -> None:
    async with PictureReader() as reader:
        asked = asyncio.create_task(reader.examine(slow_picture()))
        killed: set[int] = set()
        while not asked.done():
            for worker in set(reader.process_ids) - killed:
                await asyncio.sleep(0.8)  # at work by then
                os.kill(worker, signal.SIGKILL)
                killed.add(worker)
            await asyncio.sleep(0.02)
        with pytest.raises(PictureUnreadable):
            await asked
        assert len(killed) == 2
        assert "13800138000" in (await reader.examine(draw_leaflet())).reading.text


async def test_a_worker_killed_while_idle_is_replaced_unnoticed() -> None:
    async with PictureReader() as reader:
        await reader.display(draw_leaflet())
        (worker,) = reader.process_ids
        os.kill(worker, signal.SIGKILL)
        await reader.display(draw_leaflet())
        assert worker not in reader.process_ids


async def test_a_document_that_draws_itself_is_refused_once_its_time_is_spent(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with PictureReader(decoding_seconds=1) as reader:
        with pytest.raises(PictureUnreadable):
            await reader.display(documents.drawing_itself())
        assert len([line for line in caplog.messages if "worker" in line]) == 1
        assert (await reader.display(draw_leaflet())).data


async def test_a_hung_worker_is_ended_in_time_and_replaced() -> None:
    async with PictureReader() as reader:
        await reader.display(draw_leaflet())
        (worker,) = reader.process_ids
        os.kill(worker, signal.SIGSTOP)
        started = monotonic()
        with pytest.raises(PictureUnreadable):
            await reader.examine(draw_leaflet(), timeout_seconds=1)
        assert 0.9 < monotonic() - started < 5
        assert not is_alive(worker)
        await reader.display(draw_leaflet())


async def test_a_picture_beyond_the_memory_of_a_worker_is_refused_and_the_service_lives() -> None:
    # Enough to start and to make the copy, too little for the models.
    async with PictureReader(memory_bytes=420 * 1024**2) as reader:
        with pytest.raises(PictureUnreadable):
            await reader.examine(draw_leaflet())
        assert (await reader.display(draw_leaflet())).width == 1020


async def test_after_its_share_of_pictures_a_worker_makes_room_for_a_fresh_one() -> None:
    async with PictureReader(pictures_per_worker=2) as reader:
        seen = []
        for _ in range(4):
            await reader.display(draw_leaflet())
            seen.append(reader.process_ids)
        assert [len(ids) for ids in seen] == [1, 0, 1, 0]
        assert seen[0] != seen[2]


async def test_two_workers_read_at_the_same_time() -> None:
    async with PictureReader(processes=2) as reader:
        await asyncio.gather(*(reader.display(draw_leaflet()) for _ in range(4)))
        assert len(reader.process_ids) == 2


async def test_a_worker_gets_none_of_the_secrets_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANSHAO_MASTER_KEYS", "not-for-workers")
    async with PictureReader() as reader:
        await reader.display(draw_leaflet())
        (worker,) = reader.process_ids
        environment = Path(f"/proc/{worker}/environ").read_bytes()
    assert b"PYTHONPATH" in environment
    assert b"not-for-workers" not in environment
    assert b"QIANSHAO" not in environment


async def test_closing_ends_the_workers_and_tells_whoever_waits() -> None:
    reader = PictureReader()
    await reader.warm()
    (worker,) = reader.process_ids
    waiting = [asyncio.create_task(reader.examine(slow_picture())) for _ in range(2)]
    await asyncio.sleep(0.3)
    await reader.close()
    for one in waiting:
        with pytest.raises(ReaderUnavailable):
            await one
    assert not is_alive(worker)
    with pytest.raises(ReaderUnavailable):
        await reader.display(draw_leaflet())
    await reader.close()


async def test_whoever_stops_waiting_leaves_the_reader_usable() -> None:
    async with PictureReader() as reader:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.examine(slow_picture(lines=20)), 0.2)
        assert "13800138000" in (await reader.examine(draw_leaflet())).reading.text


async def test_a_terminal_s_interrupt_is_left_to_the_service(warm_reader: PictureReader) -> None:
    await warm_reader.display(draw_leaflet())
    (worker,) = warm_reader.process_ids
    for each in (signal.SIGINT, signal.SIGTERM):
        os.kill(worker, each)
    assert "13800138000" in (await warm_reader.examine(draw_leaflet())).reading.text
    assert warm_reader.process_ids == (worker,)


SERVICE = """
import asyncio, sys
from pathlib import Path
from knowledge.pictures.reader import PictureReader

async def main():
    reader = PictureReader()
    await reader.warm()
    print(*reader.process_ids, flush=True)
    if sys.argv[1] == "busy":
        await reader.examine(Path(sys.argv[2]).read_bytes())
    await asyncio.sleep(60)

asyncio.run(main())
"""


@contextmanager
def service(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process of its own with a warm reader, and the number of its worker."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVICE, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("state", ["idle", "busy"])
def test_no_worker_outlives_its_service(how: signal.Signals, state: str, tmp_path: Path) -> None:
    page = tmp_path / "page.jpg"
    page.write_bytes(slow_picture())
    with service(state, str(page)) as (process, worker):
        sleep(0.5)
        assert is_alive(worker)
        process.send_signal(how)
        process.wait(10)
        deadline = monotonic() + 3
        while is_alive(worker) and monotonic() < deadline:
            sleep(0.05)
        assert not is_alive(worker)


STUCK = """
import sys
from knowledge.pictures import worker

def stuck(asked, data):
    (2**31) ** (2**31)  # native code that gives nobody else a turn

worker._display = stuck
sys.argv[1:] = ["--parent", sys.argv[1], "--memory", str(2**32), "--pictures", "9"]
worker.main()
"""


def test_a_worker_stuck_in_native_code_is_ended_by_its_own_alarm() -> None:
    from knowledge.pictures import frames

    process = subprocess.Popen(
        [sys.executable, "-c", STUCK, str(os.getpid())],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        frames.receive(process.stdout.fileno())
        frames.send(process.stdin.fileno(), frames.packed({"act": "display", "seconds": 1.0}))
        assert process.wait(20) == -signal.SIGALRM
