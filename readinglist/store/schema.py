"""The tables, made by migrations that are never changed once they have shipped.

`user_version` counts the migrations a library has had; a library with more than we know is a newer program's.
"""

from __future__ import annotations

from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from readinglist.store.driver import Connection, connect_to_memory
from readinglist.store.rows import proof, revision_proof

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x524C4942  # "RLIB"
SCHEMA_VERSION = 4

_FIRST = """
CREATE TABLE library (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- AUTOINCREMENT: the number of a paper that was purged is never given again.
CREATE TABLE paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    generation INTEGER NOT NULL DEFAULT 1,
    status TEXT NOT NULL DEFAULT 'inbox',
    order_key TEXT,
    until TEXT,
    starred INTEGER NOT NULL DEFAULT 0,
    added TEXT NOT NULL,
    changed TEXT NOT NULL,
    finished TEXT,
    trashed TEXT,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    doi_key TEXT,
    arxiv_key TEXT,
    author_key TEXT NOT NULL,
    authors TEXT,
    year INTEGER,
    published TEXT,
    listed TEXT,
    venue TEXT,
    doi TEXT,
    arxiv_id TEXT,
    url TEXT,
    links TEXT,
    keywords TEXT,
    upvotes INTEGER,
    submitted_by TEXT,
    source TEXT NOT NULL,
    version TEXT,
    corrected TEXT,
    extra TEXT,
    note TEXT,
    abstract TEXT
);
-- No UNIQUE on what identifies a paper elsewhere: two edits from two machines must both have their place.
CREATE INDEX paper_doi ON paper (doi) WHERE doi IS NOT NULL;
CREATE INDEX paper_arxiv ON paper (arxiv_id) WHERE arxiv_id IS NOT NULL;
CREATE INDEX paper_doi_key ON paper (doi_key) WHERE doi_key IS NOT NULL;
CREATE INDEX paper_arxiv_key ON paper (arxiv_key) WHERE arxiv_key IS NOT NULL;
CREATE INDEX paper_title ON paper (title_key, id);
-- The lists of the sidebar, in their order, without a look at the rows themselves.
CREATE INDEX paper_listing ON paper (trashed, added DESC, id, status, until, starred, year);
CREATE INDEX paper_year ON paper (year, id);
CREATE INDEX paper_queue ON paper (order_key, id) WHERE status = 'next';
CREATE INDEX paper_starred ON paper (id) WHERE starred;
CREATE INDEX paper_noted ON paper (id) WHERE note IS NOT NULL;
CREATE INDEX paper_until ON paper (until) WHERE until IS NOT NULL;
CREATE INDEX paper_finished ON paper (finished) WHERE finished IS NOT NULL;

CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    colour TEXT
);
CREATE TABLE paper_tag (
    paper INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    tag INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (paper, tag)
) WITHOUT ROWID;
CREATE INDEX paper_tag_tag ON paper_tag (tag, paper);

CREATE TABLE highlight (
    id TEXT PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    colour TEXT NOT NULL,
    comment TEXT,
    created TEXT NOT NULL
);
CREATE INDEX highlight_paper ON highlight (paper);

CREATE TABLE search (name TEXT PRIMARY KEY COLLATE NOCASE, query TEXT NOT NULL);

-- One row an edit. `actor` and `seq` name it between machines; `at` is for people. `papers` holds ranges of numbers
-- that the entry added, trashed or restored as a whole (an import), where a row of `change` each would be waste.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    actor TEXT NOT NULL,
    seq INTEGER NOT NULL,
    session TEXT NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    edited INTEGER NOT NULL,
    stretch TEXT,
    papers TEXT,
    reverses INTEGER REFERENCES entry (id),
    reversed_by INTEGER REFERENCES entry (id),
    UNIQUE (actor, seq)
);
CREATE INDEX entry_open ON entry (kind, id) WHERE reversed_by IS NULL;
CREATE TABLE change (
    entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    uid TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (entry, n)
) WITHOUT ROWID;

-- What the index has still to take in; papers appear once an edit and are indexed as they are by then.
CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, paper INTEGER NOT NULL);
CREATE INDEX outbox_paper ON outbox (paper);
"""

_SECOND = """
-- A paper that was merged is in the trash, and what comes in for it goes to the one that was kept.
CREATE TABLE alias (uid TEXT PRIMARY KEY, kept TEXT NOT NULL) WITHOUT ROWID;
-- Two uids, in order, with a space between: the reader has said that these are two papers.
CREATE TABLE apart (pair TEXT PRIMARY KEY) WITHOUT ROWID;
DROP INDEX paper_title;
DROP INDEX paper_doi_key;
DROP INDEX paper_arxiv_key;
-- With `trashed`, so that the keys that stand twice are found without a look at the rows.
CREATE INDEX paper_title ON paper (title_key, trashed, id);
CREATE INDEX paper_doi_key ON paper (doi_key, trashed, id) WHERE doi_key IS NOT NULL;
CREATE INDEX paper_arxiv_key ON paper (arxiv_key, trashed, id) WHERE arxiv_key IS NOT NULL;
CREATE INDEX paper_abstract ON paper (id) WHERE abstract IS NOT NULL;
CREATE INDEX paper_code ON paper (id) WHERE ifnull(instr(links, '["code",'), 0);
CREATE INDEX paper_pdf ON paper (id) WHERE ifnull(instr(links, '["pdf",'), 0);
-- Small columns to be filtered by, without a look at the rows.
CREATE INDEX paper_origin ON paper (listed, source, upvotes, changed);
-- Hashes of notes, as they are and as history keeps them (see `rows.proof`).
ALTER TABLE paper ADD COLUMN note_hash TEXT;
ALTER TABLE change ADD COLUMN hash TEXT;
"""

_THIRD = """
-- What the reader subscribed to. The state of a feed is what its refreshes left behind: no edit, and in no history.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    name TEXT,
    added TEXT NOT NULL
);
CREATE TABLE feed_state (
    feed INTEGER PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,
    state TEXT NOT NULL
);
-- Which papers a feed has told of, and the day of the list they stood in first.
CREATE TABLE announcement (
    feed INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    paper INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
    day TEXT NOT NULL,
    PRIMARY KEY (feed, paper)
) WITHOUT ROWID;
CREATE INDEX announcement_day ON announcement (feed, day);
CREATE INDEX announcement_paper ON announcement (paper);
-- Papers that have changed since they were read (`paper.REVISED`).
CREATE INDEX paper_revised ON paper (id) WHERE ifnull(instr(extra, '"revised_since_read":'), 0);
"""

_FOURTH = """
-- What the reader answered when a paper was suggested: "more" like this, or "less".
ALTER TABLE paper ADD COLUMN taste TEXT;
CREATE INDEX paper_taste ON paper (taste, id) WHERE taste IS NOT NULL;
"""


def _steps(db: Database) -> None:
    from sqlite_utils import Migrations  # takes 0.1 s to import and is needed for an upgrade only

    migrations = Migrations("readinglist")

    @migrations(name="1 first tables")
    def first(db: Database) -> None:
        _execute(db, _FIRST)

    @migrations(name="2 duplicates, proofs of notes, quicker filters")
    def second(db: Database) -> None:
        _execute(db, _SECOND)
        notes = db.execute("SELECT id, note FROM paper WHERE note IS NOT NULL").fetchall()
        for number, note in notes:
            db.execute("UPDATE paper SET note_hash = ? WHERE id = ?", [proof(note), number])
        revisions = db.execute("SELECT entry, n, before, after FROM change WHERE field = 'note'").fetchall()
        for entry, n, before, after in revisions:
            values = [revision_proof(before, after), entry, n]
            db.execute("UPDATE change SET hash = ? WHERE entry = ? AND n = ?", values)

    @migrations(name="3 feeds")
    def third(db: Database) -> None:
        _execute(db, _THIRD)

    @migrations(name="4 answers to suggestions")
    def fourth(db: Database) -> None:
        _execute(db, _FOURTH)

    migrations.apply(db)


def _execute(db: Database, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


def migrate(connection: Connection) -> None:
    """Bring the database to `SCHEMA_VERSION`. The caller holds the library alone."""
    from sqlite_utils import Database

    _steps(Database(connection))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def version_of(connection: Connection) -> int:
    """Return how many migrations the database has had."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def wrong_definitions(connection: Connection) -> list[str]:
    """Return the tables and indexes that are not defined as they should be; none of a library of another schema.

    SQLite believes whatever a damaged definition says, and its own check finds nothing wrong.
    """
    if version_of(connection) != SCHEMA_VERSION:
        return []
    have = {(kind, name): sql for kind, name, sql in connection.execute(_DEFINITIONS)}
    return sorted(name for (kind, name), sql in _expected().items() if have.get((kind, name)) != sql)


@cache
def _expected() -> dict[tuple[str, str], str]:
    with closing(connect_to_memory()) as connection:
        migrate(connection)
        return {(kind, name): sql for kind, name, sql in connection.execute(_DEFINITIONS)}


_DEFINITIONS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
