# SPDX-License-Identifier: MIT
"""The features of which pairs are made: each is a class in one of these files."""

from features import arguments, contexts, functions, life, objects, shapes
from pair import Feature

FEATURES = {
    name: kind
    for file in (shapes, objects, functions, arguments, life, contexts)
    for name, kind in vars(file).items()
    if isinstance(kind, type) and issubclass(kind, Feature) and kind is not Feature
}
