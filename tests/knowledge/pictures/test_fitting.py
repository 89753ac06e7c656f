"""A picture fits into what a platform takes: unchanged where it fits already, and never cut."""

import io

import pytest
from PIL import Image

from knowledge.pictures.fitting import SendLimits, fitted

TELEGRAM = SendLimits(10 * 1024 * 1024, 10_000, 20)
WECHAT = SendLimits(2 * 1024 * 1024)


def jpeg(width: int, height: int, *, noisy: bool = False) -> bytes:
    image = Image.effect_noise((width, height), 120) if noisy else Image.new("L", (width, height), 90)
    written = io.BytesIO()
    image.convert("RGB").save(written, "JPEG", quality=95)
    return written.getvalue()


def size_of(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        assert image.format == "JPEG"
        return image.size


@pytest.mark.parametrize("limits", [TELEGRAM, WECHAT])
def test_picture_that_fits_is_sent_as_it_is(limits: SendLimits) -> None:
    data = jpeg(1600, 1200)
    assert fitted(data, limits) is data


@pytest.mark.parametrize("size", [(800, 12_000), (12_000, 800), (5_500, 5_500)])
def test_picture_of_too_many_pixels_is_made_smaller_in_its_own_shape(size: tuple[int, int]) -> None:
    width, height = size_of(fitted(jpeg(*size), TELEGRAM))
    assert 9_900 < width + height <= 10_000
    assert width / height == pytest.approx(size[0] / size[1], rel=0.02)


@pytest.mark.parametrize("size", [(100, 6_000), (6_000, 100)])
def test_strip_gets_margins_and_keeps_all_of_its_length(size: tuple[int, int]) -> None:
    made = fitted(jpeg(*size), TELEGRAM)
    assert sorted(size_of(made)) == [300, 6_000]
    with Image.open(io.BytesIO(made)) as image:
        grey = image.convert("L")
        assert grey.getpixel((0, 0)) > 250
        assert grey.getpixel((image.width // 2, image.height // 2)) == pytest.approx(90, abs=3)


def test_picture_of_too_many_bytes_loses_fineness_before_size() -> None:
    data = jpeg(1900, 1500, noisy=True)
    assert len(data) > WECHAT.max_bytes
    assert len(fitted(data, WECHAT)) <= WECHAT.max_bytes
    assert size_of(fitted(data, WECHAT)) == (1900, 1500)
    tight = fitted(data, SendLimits(100_000))
    assert len(tight) <= 100_000
    assert size_of(tight)[0] < 1900
