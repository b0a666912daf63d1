"""Turn single bits over in a closed library, as a failing disk does; doctor must find it and repair must mend it.

    python tests/faults/flips.py [COUNT] [SEED] [notes|library|index]

`notes`: a bit of the text of a note; every one must be found by `doctor` and mended by `--repair`. `library`: a bit
anywhere in the database; opening, searching and doctor may refuse in plain words, but nothing else may be raised, and
`--repair` must lead to a library that doctor finds nothing wrong with. `index`: a bit anywhere in the search index:
nothing may be raised, and after a repair searches answer as before. Prints what was seen; the exit status is 1 when
anything was wrong.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from readinglist.errors import ReadingListError
from readinglist.library import Library, in_plain_words, rescue
from readinglist.paths import index_folder
from readinglist.store.driver import connect
from tests.faults import work

NOTED = range(1, 31)


def make_library(folder: Path) -> None:
    """Make a library with notes of many lengths, and a backup of it."""
    work.make_library(folder)
    with Library.open(folder) as library:
        for number in NOTED:
            library.write_note(number, f"The note of {number}: " + "many words of it, " * (number * number // 4))
        library.back_up()
        library.wait_for_index()
    with closing(connect(folder / "library.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def flip(path: Path, place: int, bit: int) -> None:
    """Turn over one bit."""
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0] ^ (1 << bit)
        file.seek(place)
        file.write(bytes([byte]))


def places_of_notes(database: Path) -> list[tuple[int, int]]:
    """Return (number, offset) of places inside the stored text of notes, by looking for their words in the file."""
    content = database.read_bytes()
    places = []
    for number in NOTED:
        mark = f"The note of {number}: ".encode()
        start = content.find(mark)
        while start >= 0:
            places += [(number, start + offset) for offset in range(len(mark))]
            start = content.find(mark, start + 1)
    return places


def texts_of_notes(database: Path) -> list[object]:
    """Return all notes and their versions in the history, as bytes."""
    with closing(connect(database, mode="ro", immutable=True)) as connection:
        connection.text_factory = bytes
        notes = connection.execute("SELECT note FROM paper ORDER BY id").fetchall()
        return notes + connection.execute("SELECT before, after FROM change WHERE field = 'note'").fetchall()


def flip_a_note(folder: Path, drawn: random.Random) -> list[str]:
    """Flip a bit of a note; return what went wrong."""
    database = folder / "library.db"
    before = texts_of_notes(database)
    places = places_of_notes(database)
    while texts_of_notes(database) == before:  # the file also has what was deleted: there a flip is no loss
        number, place = drawn.choice(places)
        flip(database, place, drawn.randrange(8))
    with Library.open(folder) as library:
        wrong = [finding for finding in library.doctor() if not finding.ok and finding.check in ("notes", "history")]
        if not wrong:
            return [f"byte {place} of note {number} was not found"]
        library.doctor(repair=True)
        note = library.paper(number).note or ""
        after = [f.message for f in library.doctor() if not f.ok and f.check != "history"]
        mended = note.startswith(f"The note of {number}: ")
        return [f"repaired, and: {message}" for message in after] + (
            [] if mended else [f"note {number} is {note[:40]}"]
        )


def flip_anything(folder: Path, drawn: random.Random) -> list[str]:
    """Flip a bit of the database; return what went wrong."""
    database = folder / "library.db"
    flip(database, drawn.randrange(database.stat().st_size), drawn.randrange(8))
    with in_words_or_raised():
        use(folder)
    found = []
    with in_words_or_raised(), Library.open(folder) as library:
        found = library.doctor(repair=True)
    if not found or not found[0].ok:
        rescue.repair(folder)
    with Library.open(folder) as library:
        wrong = [f.message for f in library.doctor() if not f.ok and f.check != "history"]
        if (there := len(library.papers(range(1, work.PAPERS + 1)))) != work.PAPERS:
            wrong.append(f"{there} papers are left")
        return wrong


@contextmanager
def in_words_or_raised() -> Iterator[None]:
    """Let pass what a reader is told in plain words."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, ReadingListError) and in_plain_words(error) is None:
            raise


def use(folder: Path) -> None:
    """Do what a reader does in the first minute, each as if the others had not failed."""
    with Library.open(folder) as library:
        steps: list[Callable[[], object]] = [
            lambda: library.search("word1 OR note"),
            lambda: library.papers(library.search(limit=None).ids),
            library.counts,
            library.tags,
            library.searches,
            library.history,
            lambda: "".join(library.export("", "jsonl")),
            lambda: library.star([5]),
            lambda: library.write_note(6, "A new note."),
            lambda: library.undo(),
        ]
        for step in steps:
            with in_words_or_raised():
                step()


def flip_the_index(folder: Path, drawn: random.Random) -> list[str]:
    """Flip a bit of the index; return what went wrong."""
    with Library.open(folder) as library:
        library.wait_for_index()
        expected = library.search("many words", limit=None).ids
        files = [path for path in index_folder(library.library_id, folder).iterdir() if path.stat().st_size]
    path = drawn.choice(files)
    flip(path, drawn.randrange(path.stat().st_size), drawn.randrange(8))
    with Library.open(folder) as library:
        for query in ("many words", '"many words of"', "wor* OR not*", "title:papre~1", "-many"):
            library.search(query, limit=None)
        library.search("many wo", typing=True)  # whatever it finds: the arrays are checked by doctor, not by searches
        library.doctor(repair=True)
        mended = library.search("many words", limit=None).ids
        after = [finding.message for finding in library.doctor() if not finding.ok]
    return after if mended == expected else [*after, f"{path.name}: found other papers after repair"]


KINDS = {"notes": flip_a_note, "library": flip_anything, "index": flip_the_index}


def main() -> int:
    """Flip so many bits of each kind; return the exit status."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    if unknown := [kind for kind in sys.argv[3:] if kind not in KINDS]:
        print(f"no such kind: {', '.join(unknown)}; there are {', '.join(KINDS)}")
        return 2
    home = work.in_own_home()
    make_library(home / "start")
    wrong = 0
    for kind, flipped in KINDS.items():
        if sys.argv[3:] and kind not in sys.argv[3:]:
            continue
        drawn = random.Random(f"{seed} {kind}")
        for number in range(count):
            folder = home / "flipped"
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(home / "start", folder)
            try:
                problems = flipped(folder, drawn)
            except Exception as error:  # noqa: BLE001  (whatever it is, a reader would see it)
                problems = [f"{type(error).__name__}: {error}"]
            for problem in problems:
                wrong += 1
                print(f"{kind}, flip {number + 1}: {problem}", flush=True)
        print(f"{kind}: {count} bits", flush=True)
    shutil.rmtree(home)
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
