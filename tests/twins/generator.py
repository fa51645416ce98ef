# SPDX-License-Identifier: MIT
"""Draws the features of a pair and writes it."""

import os
import random

from features import FEATURES
from pair import Pair


def chosen(seed, count, only, pool):
    """The classes of a pair's features: those asked for, else drawn from the names of a pool."""
    if only is not None:
        return [FEATURES[name] for name in only]
    lots = random.Random(f"{seed} features")
    number = lots.randint(1, 5) if count is None else count
    return [FEATURES[name] for name in lots.sample(sorted(pool), min(number, len(pool)))]


def generate(seed, folder, count=None, only=None, dropped=(), pool=tuple(FEATURES)):
    """Writes the pair; returns the names of its features."""
    pair = Pair(seed, chosen(seed, count, only, pool), dropped)
    os.makedirs(folder, exist_ok=True)
    for name, text in pair.files().items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return [feature.name for feature in pair.features if not feature.dropped]
