"""A PDF as a picture: its first pages drawn one below the other, by pdfium.

Only what a page shows is drawn. The library is built without a script engine, forms are not brought to life, and
nothing a document names (attachments, addresses, other files) is opened. Pages stand on a ground of their own
colour with room between them, so that the ads of two pages are held apart like two papers on a wall.
"""

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PIL import Image

from knowledge.pictures.errors import DocumentLocked, PictureBroken

FIRST_PAGES = 3
"""As many as are read: an ad has one, a contract shows on its first pages who offers what."""
PAGE_WIDTH = 1240
"""Pixels of a page's width: A4 at 150 dots an inch, where 9-point print is 19 pixels high."""
_MOST_PAGE_PIXELS = 4_000_000
_BETWEEN = 40
_WALL = (128, 128, 128)


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """`image`: RGB, the pages that were drawn; `pages`: how many the document has."""

    image: Image.Image
    pages: int


def draw_pages(data: bytes) -> DrawnPages:
    """Raises `DocumentLocked` for one with a password and `PictureBroken` for one without a page that can be
    drawn. Runs native code over a stranger's bytes: in a worker only.
    """
    import pypdfium2
    import pypdfium2.raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        locked = fault.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise (DocumentLocked() if locked else PictureBroken()) from fault
    with closing(document):
        pages = len(document)
        try:
            drawn = [_drawn(document, number) for number in range(min(pages, FIRST_PAGES))]
        except pypdfium2.PdfiumError as fault:
            raise PictureBroken() from fault
    if not drawn:
        raise PictureBroken()
    if len(drawn) == 1:
        return DrawnPages(drawn[0], pages)
    height = sum(page.height for page in drawn) + _BETWEEN * (len(drawn) - 1)
    image = Image.new("RGB", (max(page.width for page in drawn), height), _WALL)
    top = 0
    for page in drawn:
        image.paste(page, (0, top))
        top += page.height + _BETWEEN
    return DrawnPages(image, pages)


def _drawn(document: Any, number: int) -> Image.Image:
    page = document[number]
    width, height = page.get_size()
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise PictureBroken()
    scale = min(PAGE_WIDTH / width, (_MOST_PAGE_PIXELS / (width * height)) ** 0.5)
    if width * scale < 1 or height * scale < 1 or max(width, height) * scale > 32_000:
        raise PictureBroken()
    with closing(page.render(scale=scale, may_draw_forms=False, limit_image_cache=True)) as bitmap:
        image: Image.Image = bitmap.to_pil()
        return image.convert("RGB")
