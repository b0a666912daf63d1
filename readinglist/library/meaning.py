"""Vectors of what papers mean: an optional extra, off until the reader chooses it, of use to find similar papers.

They lie beside the index, and are thrown away with it. What the index takes in of edits they take in too; all else, and
all of them at first, is the work of `update_embeddings`. Whatever is lacking, papers are compared by their words.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from readinglist.library.taking_in import TakingIn
from readinglist.paper import Paper
from readinglist.paths import index_folder
from readinglist.progress import Progress, Silent
from readinglist.store import outbox
from readinglist.store.papers import read_papers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readinglist.discover.embedding import Embedding
    from readinglist.discover.embedding_files import EmbeddingFiles

log = logging.getLogger(__name__)

_READ = 250
_COMMITTED = 10_000
"""So many papers are committed at once: what a reader who stops it has to wait for again."""

_EDITED = 2_000
"""Of more edited papers than that the vectors are not made along with the index: nobody would see how far it is."""


class Meaning(TakingIn):
    """The vectors of an open library; `by_meaning` says whether they are wanted."""

    by_meaning: bool = False
    _embeddings: EmbeddingFiles | None = None
    _embedding: Embedding | None = None

    @staticmethod
    def knows_meaning() -> bool:
        """Say whether the extra is installed."""
        from readinglist.discover.embedding import is_installed

        return is_installed()

    def embeddings_behind(self) -> bool:
        """Say whether vectors are wanted, can be made, and are not of the library as it is."""
        files = self._opened_embeddings()
        return files is not None and not self._is_current(files)

    def update_embeddings(self, progress: Progress | None = None) -> int:
        """Make the vectors that are lacking; return for how many papers: 0 too where none are wanted.

        3,000 papers take a second. Returns at once when another process is at it. `Cancelled` leaves what is done done.
        Raises OSError.
        """
        progress = progress or Silent()
        files = self._opened_embeddings()
        if files is None:
            return 0
        with files.alone() as alone:
            return self._embed_all(files, progress) if alone else 0

    def _embed_all(self, files: EmbeddingFiles, progress: Progress) -> int:
        connection = self._store.reader()
        last = outbox.last_seq(connection)  # what is changed from here on comes with the index
        ids = [number for (number,) in connection.execute("SELECT id FROM paper ORDER BY id")]
        made = 0
        step = _Of(progress, len(ids))
        for first in range(0, len(ids), _COMMITTED):
            made += self._embed(files, ids[first : first + _COMMITTED], -1, step)
        files.add((), _nothing(), last)
        return made

    def embed_edited(self, ids: Sequence[int], before: int, last: int) -> None:
        """Make the vectors of papers that the index has just taken in: changes after `before`, up to `last`.

        Does nothing where others are lacking, or many would have to be made: see `update_embeddings`.
        """
        files = self._opened_embeddings()
        if files is None or files.current().last_seq < max(before, 0) or len(ids) > _EDITED:
            return
        try:
            with files.alone() as alone:
                if alone:
                    self._embed(files, ids, max(files.current().last_seq, last), Silent())
        except OSError as error:
            log.warning("vectors could not be written: %s", error)

    def nearness(self, asked: Iterable[int], numbers: NDArray[np.int64]) -> NDArray[np.float32] | None:
        """Return how near the meaning of each of some papers is to those asked about: see `Embeddings.nearness`."""
        import numpy as np

        files = self._opened_embeddings()
        return None if files is None else files.current().nearness(np.array(list(asked), np.int64), numbers)

    def _is_current(self, files: EmbeddingFiles) -> bool:
        connection = self._store.reader()
        first = outbox.first_seq(connection)
        taken_in = first - 1 if first else outbox.last_seq(connection)
        return taken_in <= files.current().last_seq <= outbox.last_seq(connection)

    def _embed(self, files: EmbeddingFiles, ids: Sequence[int], last: int, progress: Progress) -> int:
        """Commit the vectors of those of some papers whose texts have changed; return how many these are."""
        import numpy as np

        from readinglist.discover.embedding import Embedding, text_of
        from readinglist.discover.embedding_files import print_of

        known = files.current()
        rows: list[tuple[int, int]] = []
        vectors = [_nothing()]
        for papers in self._some(ids):
            texts = {paper.id: text_of(paper) for paper in papers}
            its = known.rows_of(np.array(list(texts), np.int64)).tolist()
            prints = {number: print_of(text) for number, text in texts.items()}
            new = [
                number
                for number, row in zip(texts, its, strict=True)
                if row < 0 or known.rows[row, 1] != prints[number]
            ]
            if new:
                self._embedding = self._embedding or Embedding()
                vectors.append(self._embedding.of([texts[number] for number in new]))
                rows += [(number, prints[number]) for number in new]
            progress.step(len(papers), None)
        if rows or last != known.last_seq:
            files.add(rows, np.concatenate(vectors), last)
        return len(rows)

    def _some(self, ids: Sequence[int]) -> Iterator[list[Paper]]:
        connection = self._store.reader()
        for first in range(0, len(ids), _READ):
            yield list(read_papers(connection, ids[first : first + _READ]))

    def _opened_embeddings(self) -> EmbeddingFiles | None:
        """Return the vectors; None where they are not wanted or cannot be had."""
        if not self.by_meaning or not self.knows_meaning():
            return None
        if self._embeddings is None:
            from readinglist.discover.embedding import DIMENSIONS, model_name
            from readinglist.discover.embedding_files import EmbeddingFiles

            folder = index_folder(self.library_id, self.folder) / "vectors"
            self._embeddings = EmbeddingFiles(folder, model_name(), DIMENSIONS)
        return self._embeddings


def _nothing() -> NDArray[np.float32]:
    import numpy as np

    from readinglist.discover.embedding import DIMENSIONS

    return np.zeros((0, DIMENSIONS), np.float32)


class _Of:
    """A progress that is told how many more papers are done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def step(self, done: int, total: int | None, text: str = "") -> None:
        """Tell of `done` more papers."""
        self._done += done
        self._progress.step(min(self._done, self._total), self._total, text)
