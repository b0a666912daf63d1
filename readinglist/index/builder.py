"""Collect papers and turn them into a segment. Knows nothing of commits or of older segments."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.index.invert import Arrays, Tokens, posting_arrays, segment_arrays
from readinglist.index.texts import FIELDS, GAP
from readinglist.paper import Paper
from readinglist.text.words import forms


class _Numbers(dict[str, int]):
    """Numbers for forms, given out as they are asked for."""

    def __missing__(self, form: str) -> int:
        self[form] = number = len(self)
        return number


@dataclass(slots=True)
class _Stream:
    """The words of one field as they come; a run is one value of one paper."""

    words: array[int] = field(default_factory=lambda: array("i"))
    run_docs: array[int] = field(default_factory=lambda: array("i"))
    run_lengths: array[int] = field(default_factory=lambda: array("i"))
    run_positions: array[int] = field(default_factory=lambda: array("i"))

    def tokens(self) -> Tokens:
        lengths = np.frombuffer(self.run_lengths, np.int32).astype(np.int64)
        ends = np.cumsum(lengths)
        # In its run, a word's place is its place in the stream less that of the run's first word.
        shift = np.frombuffer(self.run_positions, np.int32) - (ends - lengths)
        return Tokens(
            np.frombuffer(self.words, np.int32),
            np.repeat(np.frombuffer(self.run_docs, np.int32), lengths),
            np.arange(len(self.words)) + np.repeat(shift, lengths),
        )


class Builder:
    """The papers of a segment to come, as numbers."""

    def __init__(self) -> None:
        self.words = 0
        """How many words have been taken in."""
        self._papers = array("q")
        self._numbers = _Numbers()
        self._streams = {text_field.name: _Stream() for text_field in FIELDS}

    def __len__(self) -> int:
        return len(self._papers)

    def add(self, paper: Paper) -> None:
        """Take in one paper as the next document."""
        doc = len(self._papers)
        number_of = self._numbers.__getitem__
        for text_field in FIELDS:
            stream = self._streams[text_field.name]
            position = 0
            for value in text_field.values(paper):
                numbers = list(map(number_of, forms(value)))
                if not numbers:
                    continue
                stream.words.fromlist(numbers)
                stream.run_docs.append(doc)
                stream.run_lengths.append(len(numbers))
                stream.run_positions.append(position)
                position += len(numbers) + GAP
                self.words += len(numbers)
        self._papers.append(paper.id)

    def arrays(self) -> tuple[Arrays, dict[str, Any]]:
        """Return the arrays of the segment (see `invert`), and what is said beside; the builder is used up."""
        documents = len(self._papers)
        vocabulary = sorted(self._numbers)
        ranks: NDArray[np.int64] = np.empty(len(vocabulary), np.int64)
        ranks[[self._numbers[form] for form in vocabulary]] = np.arange(len(vocabulary))
        fields: dict[str, Arrays] = {}
        for name in list(self._streams):
            stream = self._streams.pop(name)
            if stream.words:
                fields[name] = posting_arrays(stream.tokens(), ranks, documents)
        return segment_arrays(np.array(self._papers, np.int64), vocabulary, fields)
