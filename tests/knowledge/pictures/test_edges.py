"""Writing that runs off the edge is noticed; writing that ends before it is not."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from knowledge.pictures.edges import running_off
from knowledge.pictures.lines import TextLine
from knowledge.pictures.reading import ReadingWarning, read
from tests.leaflets import LOAN_SHARK_LINES, as_jpeg, chinese_font, leaflet_image

WORDS = "无抵押当天放款黑户可做"


def paper(left: int = 40, top: int = 40, width: int = 760, height: int = 150) -> Image.Image:
    image = Image.new("L", (width, height), 255)
    ImageDraw.Draw(image).text((left, top), WORDS, 0, chinese_font(60))
    return image


def runs_off(image: Image.Image, box: tuple[int, int, int, int], scale: float = 1.0) -> bool:
    return running_off([TextLine(WORDS, box, 0.9)], np.asarray(image), scale) == (0,)


@pytest.mark.parametrize(
    ("at", "box"),
    [
        ((-85, 40), (0, 40, 580, 115)),
        ((130, 40), (130, 40, 760, 115)),
        ((40, -35), (40, 0, 700, 45)),
        ((40, 90), (40, 98, 700, 150)),
    ],
    ids=["left", "right", "top", "bottom"],
)
def test_ink_at_the_edge_is_a_line_that_goes_on(at: tuple[int, int], box: tuple[int, int, int, int]) -> None:
    assert runs_off(paper(*at), box)
    assert runs_off(paper(*at), tuple(2 * edge for edge in box), scale=2.0)  # type: ignore[arg-type]


def test_a_line_that_ends_before_the_edge_is_whole() -> None:
    assert not runs_off(paper(), (40, 45, 700, 110))
    assert not runs_off(paper(90), (90, 45, 759, 110))  # the box reaches the edge, the ink does not
    assert not runs_off(Image.new("L", (760, 150), 200), (0, 0, 760, 150))


def test_of_a_tilted_line_whose_box_holds_much_beside_it_nothing_is_said() -> None:
    noisy = Image.fromarray(np.random.default_rng(3).integers(0, 255, (600, 600), np.uint8))
    assert not runs_off(noisy, (0, 0, 600, 600))
    assert runs_off(noisy, (0, 0, 600, 60))


def test_a_leaflet_photographed_in_part_says_so_and_a_whole_one_does_not() -> None:
    leaflet = leaflet_image(LOAN_SHARK_LINES)
    assert ReadingWarning.RUNS_OFF not in read(as_jpeg(leaflet)).warnings
    reading = read(as_jpeg(leaflet.crop((0, 0, 430, leaflet.height))))
    assert ReadingWarning.RUNS_OFF in reading.warnings
    assert "无抵押" in "".join(reading.lines[place].text for place in reading.runs_off)
