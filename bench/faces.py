"""Selfies noticed, and leaflets with a model's photograph that are not taken for one.

    python -m bench.faces [--part K/N]      drawn portraits and the layouts of the leaflets, each with a portrait printed on it
    python -m bench.faces --folder FOLDER   real pictures, where a folder of them is at hand: name, warnings, share

The portrait is drawn: what is measured of it is that a face is looked for where it should be, not how well faces are found
on photographs. For that a folder of real ones is needed, and none is in the project.
"""

import argparse
import asyncio
import random
import statistics
from pathlib import Path

import numpy as np
from PIL import Image

from bench.leaflet_layouts import LAYOUTS
from bench.photographs import Level, photographed
from knowledge.pictures.faces import largest_face
from knowledge.pictures.reader import PictureReader
from knowledge.pictures.reading import PictureReading, ReadingWarning
from tests.portraits import portrait

PRIVATE = (ReadingWarning.SELFIE, ReadingWarning.IDENTITY_CARD, ReadingWarning.BANK_CARD)
HEADS = (0.25, 0.3, 0.4, 0.5, 0.65, 0.8)


def with_a_model(picture: Image.Image) -> Image.Image:
    """The leaflet with a portrait above it, as wide as itself."""
    above = portrait(picture.width, round(picture.width * 0.8), 0.34)
    whole = Image.new("RGB", (picture.width, picture.height + above.height), "white")
    whole.paste(above, (0, 0))
    whole.paste(picture, (0, above.height))
    return whole


async def measure(part: int, parts: int, seed: int) -> None:
    """Prints what was warned of, by kind of picture."""
    async with PictureReader() as reader:
        await reader.warm()
        for kind in ("as it is", "with a model's photograph"):
            pairs = [(layout, level) for level in Level for layout in LAYOUTS][part - 1 :: parts]
            warned = []
            for layout, level in pairs:
                chance = random.Random(f"{seed} {layout.name} {level}")
                picture, _ = layout.draw(chance)
                shown = with_a_model(picture) if kind != "as it is" else picture
                data = photographed(shown, level, chance, strip=layout.family == "long screenshot")
                reading = (await reader.examine(data)).reading
                if set(PRIVATE) & set(reading.warnings):
                    warned.append(f"{layout.name}, {level.value}")
            print(f"leaflets {kind}: {len(warned)} of {len(pairs)} taken for private", *warned, sep="\n  ")
        taken: list[int] = []
        for level in Level if part == 1 else ():
            chance = random.Random(f"{seed} portraits {level}")
            seen = [
                (await reader.examine(photographed(portrait(head=head), level, chance))).reading
                for head in HEADS
            ]
            taken += [dict(reading.stages)["face"] for reading in seen]
            found = [ReadingWarning.SELFIE in reading.warnings for reading in seen]
            missed = [str(head) for head, was in zip(HEADS, found, strict=True) if not was]
            print(f"portraits, {level.value}: {sum(found)} of {len(found)}; missed at breadths {missed}")
        if taken:
            print(f"looking for a face: median {statistics.median(taken):.0f} ms, slowest {max(taken)} ms")


async def look_into(folder: Path) -> None:
    """A line for each picture of a folder."""
    async with PictureReader() as reader:
        for file in sorted(one for one in folder.iterdir() if one.is_file()):
            reading: PictureReading = (await reader.examine(file.read_bytes())).reading
            with Image.open(file) as image:
                face = largest_face(np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1]))
            share = "no face" if face is None else f"face {face.share:.3f}, sure {face.confidence:.2f}"
            private = [one.value for one in PRIVATE if one in reading.warnings]
            print(f"{file.name}: {share}; {', '.join(private) or 'nothing private'}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.faces", description=__doc__)
    parser.add_argument("--part", default="1/1", help="K/N: every Nth leaflet from the Kth on")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--folder", type=Path)
    wanted = parser.parse_args()
    if wanted.folder:
        asyncio.run(look_into(wanted.folder))
    else:
        part, parts = (int(number) for number in wanted.part.split("/"))
        asyncio.run(measure(part, parts, wanted.seed))


if __name__ == "__main__":
    main()
