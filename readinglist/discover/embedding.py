"""What texts mean, as vectors: the mean of word vectors that ship in a package which is an optional extra.

wordllama's are vectors of 32,000 pieces of words, distilled from the input layers of language models (`l2_supercat`),
and trained so that their first numbers serve alone. The package's two files are read and the package itself is not
imported: it would bring a client for the network, which opens a socket to see what it can.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.paper import Paper

PACKAGE = "wordllama"
DIMENSIONS = 128
"""Of 256: half as much to keep and to read, for nearly the same (`tests/bench/vectors.py`)."""

_WEIGHTS = "weights/l2_supercat_256.safetensors"
_TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"

Floats = NDArray[np.float32]


def is_installed() -> bool:
    """Say whether the extra is there, with its files, without importing it."""
    return _folder() is not None


def _folder() -> Path | None:
    found = importlib.util.find_spec(PACKAGE)
    for place in (found.submodule_search_locations or ()) if found else ():
        if all((Path(place) / name).is_file() for name in (_WEIGHTS, _TOKENIZER)):
            return Path(place)
    return None


def model_name() -> str:
    """Return what the vectors are made by: vectors of different names cannot be compared."""
    return f"{PACKAGE} {version(PACKAGE)} l2_supercat {DIMENSIONS}"


def text_of(paper: Paper) -> str:
    """Return the text of a paper that its vector is made of."""
    return f"{paper.title}. {paper.abstract or ''}"


class Embedding:
    """The model, in memory: 16 MB. Loading takes a tenth of a second, 3,000 abstracts a second."""

    def __init__(self) -> None:
        """Load it. Raises FileNotFoundError where the extra is not installed."""
        from safetensors import safe_open
        from tokenizers import Tokenizer

        folder = _folder()
        if folder is None:
            raise FileNotFoundError(PACKAGE)
        with safe_open(folder / _WEIGHTS, framework="np") as file:
            weights = file.get_tensor("embedding.weight")
        self._pieces: Floats = np.ascontiguousarray(weights[:, :DIMENSIONS], np.float32)
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def of(self, texts: Sequence[str]) -> Floats:
        """Return a vector of length 1 for each text (of zeros where it has no words): (texts, DIMENSIONS)."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, found in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if found.ids:
                vectors[row] = self._pieces[found.ids].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
        unit: Floats = (vectors / np.maximum(lengths, np.float32(1e-9))).astype(np.float32, copy=False)
        return unit
