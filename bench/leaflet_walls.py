"""Several papers on one wall."""

import random
from collections.abc import Callable

import numpy as np
from PIL import Image

from bench.leaflet_papers import card_of
from bench.leaflet_pens import WALLS, Colour, Drawn, crooked
from bench.leaflet_texts import HONEST, posted


def wall(
    places: str, *, honest: int = 1, gap: int = 40, same_ground: bool = False
) -> Callable[[random.Random], Drawn]:
    """A crooked card among honest ones: beside each other ("row"), below each other ("column"), or apart ("scatter")."""

    def draw(chance: random.Random) -> Drawn:
        truths = [crooked(chance), *(posted(one, chance) for one in chance.sample(HONEST, honest))]
        chance.shuffle(truths)
        papers: list[Colour] = [(255, 236, 120), (250, 250, 250), (180, 225, 255), (255, 205, 215)]
        chance.shuffle(papers)
        wall = chance.choice(WALLS)
        cards = []
        for truth, paper in zip(truths, papers, strict=False):
            card = card_of(truth, wall if same_ground else paper, (10, 10, 10), (150, 0, 0))
            cards.append(card.resize((760, int(card.height * 0.76)), Image.Resampling.LANCZOS))
        if places == "row":
            spots = [
                (gap + place * (760 + gap), gap + chance.randrange(0, 80)) for place in range(len(cards))
            ]
        elif places == "column":
            tops = np.cumsum([gap, *(card.height + gap for card in cards[:-1])])
            spots = [(gap + chance.randrange(0, 60), int(top)) for top in tops]
        else:
            spots = [
                ((place % 2) * 830 + gap, (place // 2) * 760 + (place % 2) * 120 + gap)
                for place in range(len(cards))
            ]
        size = (
            max(x + card.width for (x, _), card in zip(spots, cards, strict=True)) + gap,
            max(y + card.height for (_, y), card in zip(spots, cards, strict=True)) + gap,
        )
        image = Image.new("RGB", size, wall)
        for card, (x, y) in zip(cards, spots, strict=True):
            tilt = 0 if same_ground else chance.uniform(-4, 4)
            mask = Image.new("L", card.size, 255).rotate(tilt, expand=True)
            image.paste(card.rotate(tilt, Image.Resampling.BICUBIC, expand=True), (x, y), mask)
        return image, tuple(truths)

    return draw
