"""Opening pictures: what is taken, what is refused and in which words, and what the display copy keeps."""

import io
import re
import struct
import zlib
from time import perf_counter

import pytest
from PIL import Image

from knowledge.pictures.errors import REFUSALS, PictureRefused
from knowledge.pictures.headers import MediaType
from knowledge.pictures.opening import PictureLimits, display_copy, inspect, open_picture
from tests.knowledge.pictures import documents, hostile
from tests.knowledge.pictures.hostile import archive, leaflet, png_chunk, saved, with_jpeg_segment
from tests.leaflets import as_jpeg

SMALL = PictureLimits(max_bytes=100_000, max_pixels=1_000_000, min_side=32)


def refused(data: bytes, limits: PictureLimits = SMALL) -> PictureRefused:
    """The refusal of `inspect`."""
    with pytest.raises(PictureRefused) as caught:
        inspect(data, limits)
    return caught.value


@pytest.mark.parametrize("media_type", list(MediaType))
def test_every_format_is_known_by_its_content(media_type: MediaType) -> None:
    image = leaflet().convert("P" if media_type is MediaType.GIF else "RGB")
    facts = inspect(saved(image, media_type.name))
    size = (0, 0) if media_type is MediaType.PDF else image.size  # known once it is drawn
    assert (facts.media_type, facts.width, facts.height, facts.frames) == (media_type, *size, 1)


@pytest.mark.parametrize(
    "options", [{"lossless": True}, {"lossless": False}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}]
)
def test_every_kind_of_webp_tells_its_size(options: dict[str, object]) -> None:
    facts = inspect(saved(leaflet(), "WEBP", **options))
    assert (facts.width, facts.height) == leaflet().size


def test_a_progressive_jpeg_with_a_thumbnail_inside_is_measured_by_its_own_size() -> None:
    thumbnail = b"Exif\0\0" + as_jpeg(Image.new("RGB", (60, 60)))
    facts = inspect(with_jpeg_segment(saved(leaflet(), "JPEG", progressive=True), 0xE1, thumbnail))
    assert (facts.width, facts.height) == leaflet().size


def test_a_file_over_the_limit_is_refused_with_the_limit_named() -> None:
    refusal = refused(as_jpeg(leaflet()) + bytes(12 * 1024 * 1024), PictureLimits())
    assert refusal.reason == "too_large"
    assert "13 MB" in str(refusal)
    assert "10 MB" in str(refusal)


def test_a_bomb_is_refused_by_the_size_it_declares() -> None:
    refusal = refused(hostile.png_claiming(46_000, 46_000, bytes(1000)), PictureLimits())
    assert refusal.reason == "too_many_pixels"
    assert "46000×46000" in str(refusal)


def test_a_gif_whose_frame_outgrows_its_declared_screen_is_refused_by_the_frame() -> None:
    refusal = refused(hostile.gif_claiming(40, 40, 60_000, 60_000))
    assert refusal.reason == "too_many_pixels"
    assert "60000×60000" in str(refusal)


@pytest.mark.parametrize("size", [(65_535, 65_535), (0xFFFFFFFF, 1), (40, 60_000_000)])
def test_a_heic_is_measured_by_its_boxes_before_anything_decodes_it(size: tuple[int, int]) -> None:
    heic = saved(leaflet(), "HEIC", quality=50)
    facts = inspect(heic)
    assert (facts.width, facts.height) == leaflet().size
    assert refused(hostile.resized_in_boxes(heic, *size), PictureLimits()).reason == "too_many_pixels"


def test_a_photo_that_moves_in_boxes_is_refused_as_moving() -> None:
    film = b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0\0\0\x08moov"
    assert refused(film).reason == "animated"


def test_a_document_with_a_password_is_told_so() -> None:
    with pytest.raises(PictureRefused) as caught:
        open_picture(documents.locked())
    assert caught.value.reason == "locked"


def test_a_picture_too_small_to_read_is_refused() -> None:
    assert refused(as_jpeg(Image.new("RGB", (31, 400)))).reason == "too_small"


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"\0\0\0\x18ftypavif" + bytes(100), "AVIF"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif" + bytes(100), "AVIF"),
        (b"\0\0\0\x18ftypisom" + bytes(100), "视频"),
        (b"II*\0" + bytes(100), "TIFF"),
    ],
)
def test_a_known_but_unsupported_format_is_named_in_the_refusal(data: bytes, named: str) -> None:
    refusal = refused(data)
    assert refusal.reason == "unsupported_format"
    assert named in str(refusal)


@pytest.mark.parametrize(
    "data", [b"hello", b"BM is how this text begins, and it goes on", archive(), b"<svg/>"]
)
def test_what_is_no_picture_is_refused_as_such(data: bytes) -> None:
    assert refused(data).reason == "not_a_picture"


@pytest.mark.parametrize("media_type", list(MediaType))
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_cut_file_is_refused_as_cut_before_anything_decodes_it(media_type: MediaType, part: float) -> None:
    whole = saved(leaflet(200).convert("P" if media_type is MediaType.GIF else "RGB"), media_type.name)
    assert refused(whole[: int(len(whole) * part)], PictureLimits()).reason == "truncated"


@pytest.mark.parametrize("format_", ["WEBP", "PNG"])
def test_a_moving_picture_is_refused(format_: str) -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    data = saved(frames[0], format_, save_all=True, append_images=frames[1:])
    assert refused(data).reason == "animated"


def test_of_a_moving_gif_the_first_frame_is_taken() -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue", "white")]
    opened = open_picture(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert opened.facts.frames == 3
    assert opened.image.getpixel((30, 30)) == (255, 0, 0)


@pytest.mark.parametrize(
    "tail",
    [archive(), b"\0\0" + archive(), b"<html>", b"<SCRIPT src=x>", b"MZ\x90", b"Rar!\x1a\x07\1", b"%PDF-1.4"],
)
def test_a_picture_that_is_also_another_file_is_refused(tail: bytes) -> None:
    assert refused(as_jpeg(leaflet()) + tail).reason == "polyglot"


def test_an_archive_hidden_inside_the_picture_is_found_too() -> None:
    png = saved(leaflet(), "PNG")
    assert refused(png[:33] + png_chunk(b"prVt", archive()) + png[33:]).reason == "polyglot"
    assert refused(with_jpeg_segment(as_jpeg(leaflet()), 0xFE, b"<?php echo 1;")).reason == "polyglot"


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(b"\0\0\0\x18ftypmp42" + bytes(5000), id="the film of a motion photo"),
        pytest.param(as_jpeg(Image.new("L", (300, 300))), id="the depth map of a portrait"),
        pytest.param(
            b"\0\0\1\n\x0e\0\0\0Image_UTC_Data1700000000000SEFH" + bytes(30) + b"SEFT", id="a maker's notes"
        ),
        pytest.param(bytes(4096), id="padding"),
    ],
)
def test_what_phones_append_to_their_photos_is_let_through(tail: bytes) -> None:
    opened = open_picture(as_jpeg(leaflet()) + tail)
    assert opened.image.size == leaflet().size


@pytest.mark.parametrize("mark", range(1, 9))
def test_a_photo_taken_sideways_is_opened_upright(mark: int) -> None:
    upright = Image.new("RGB", (300, 200), "white")
    upright.paste("red", (0, 0, 100, 100))
    exif = Image.Exif()
    exif[0x0112] = mark
    stored = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }.get(mark)  # fmt: skip
    data = saved(upright.transpose(stored) if stored is not None else upright, "JPEG", exif=exif, quality=95)
    opened = open_picture(data)
    assert (opened.width, opened.height) == opened.image.size == (300, 200)
    red, green, _ = opened.image.getpixel((50, 50))  # type: ignore[misc]
    assert red > 200
    assert green < 60
    assert min(opened.image.getpixel((250, 150))) > 200  # type: ignore[arg-type]


def test_broken_metadata_does_not_spoil_a_good_picture() -> None:
    junk = with_jpeg_segment(as_jpeg(leaflet()), 0xE1, b"Exif\0\0" + b"MM\0*\0\0\0\x08\xff\xff" * 500)
    assert open_picture(junk).image.size == leaflet().size


def test_sixteen_bits_of_grey_are_not_clipped_to_white() -> None:
    data = saved(Image.new("I;16", (300, 300), 0x8000), "PNG")
    assert open_picture(data).image.getpixel((5, 5)) == (128, 128, 128)


def test_white_writing_on_nothing_stays_legible() -> None:
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    image.paste((255, 255, 255, 255), (100, 100, 200, 200))
    opened = open_picture(saved(image, "PNG"))
    assert opened.image.getpixel((150, 150)) == (255, 255, 255)
    assert opened.image.getpixel((5, 5)) == (0, 0, 0)


def test_a_large_photo_is_reduced_while_its_full_size_is_remembered() -> None:
    opened = open_picture(as_jpeg(Image.new("RGB", (3000, 2000))), most_pixels=2_000_000)
    assert (opened.width, opened.height) == (3000, 2000)
    assert opened.image.size == (1500, 1000)
    assert opened.scale == 2.0


def test_the_display_copy_is_bounded_and_keeps_no_metadata() -> None:
    exif = Image.Exif()
    exif[0x010F] = "a maker"
    exif.get_ifd(0x8825)[2] = (23.0, 40.0, 0.0)  # where it was taken
    photo = saved(
        Image.new("RGB", (4000, 3000), "red"), "JPEG", exif=exif, icc_profile=b"x" * 200, comment=b"secret"
    )
    copy = display_copy(photo)
    shown = Image.open(io.BytesIO(copy.data))
    assert (copy.width, copy.height) == shown.size == (1600, 1200)
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"secret" not in copy.data


def test_the_display_copy_of_a_long_screenshot_stays_legible() -> None:
    copy = display_copy(as_jpeg(Image.new("RGB", (1080, 12_000))))
    assert (copy.width, copy.height) == (800, 8889)


def test_damage_that_shows_only_in_decoding_is_refused_and_never_a_surprise() -> None:
    png = hostile.png_claiming(600, 600, bytes(10_000))
    inspect(png)
    with pytest.raises(PictureRefused) as caught:
        open_picture(png)
    assert caught.value.reason in ("truncated", "broken")


def test_every_cut_of_a_picture_opens_or_is_refused() -> None:
    for media_type in MediaType:
        whole = saved(leaflet().convert("P" if media_type is MediaType.GIF else "RGB"), media_type.name)
        for length in [*range(64), *range(64, len(whole), max(1, len(whole) // 40))]:
            reason = "opened"
            try:
                open_picture(whole[:length])
            except PictureRefused as refusal:
                reason = refusal.reason
            assert reason in ("opened", "truncated", "not_a_picture", "broken"), (media_type, length)


def test_a_file_of_countless_tiny_blocks_is_answered_at_once() -> None:
    endless_png = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 40, 8, 2, 0, 0, 0))
    endless_png += (struct.pack(">I", 0) + b"prVt" + struct.pack(">I", zlib.crc32(b"prVt"))) * 800_000
    endless_jpeg = b"\xff\xd8" + b"\xff\xfe\0\2" * 2_600_000
    for data in (endless_png, endless_jpeg):
        started = perf_counter()
        assert refused(data[: 10 * 1024 * 1024], PictureLimits()).reason in ("broken", "truncated")
        assert perf_counter() - started < 2


def test_every_refusal_speaks_chinese_and_has_its_own_code() -> None:
    assert len(REFUSALS) == 11
    for reason, kind in REFUSALS.items():
        said = str(kind(megabytes=12, limit_megabytes=10, width=9, height=9, format="HEIC"))
        assert kind.reason == reason
        assert re.search(r"[\u4e00-\u9fff]{6}", said)
        assert "{" not in said
        assert "?" not in said
