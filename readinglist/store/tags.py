"""Tags: their names, colours and counts. Writes happen inside somebody else's transaction."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from readinglist.errors import ReadingListError
from readinglist.phrase import phrase
from readinglist.store.driver import Connection
from readinglist.text.clean import clean_line

TAG_COLOURS = ("#2A5BD0", "#2F7D5B", "#8A4FBF", "#B5651D", "#0F7C8A", "#B23A58", "#6B7280", "#8A6D00")
"""Given to new tags in turn, so that neighbours differ."""
_RESERVED = ("none", "any")
_MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of this library; `count` is the number of papers outside the trash that carry exactly it."""

    name: str
    colour: str
    count: int


def tag_key(name: str) -> str:
    """Return what two spellings of one tag have in common."""
    return unicodedata.normalize("NFC", name).casefold()


def normal_tag(name: str) -> str:
    """Return the name as it is kept: one line, trimmed, NFC, levels divided by single "/".

    Raises ReadingListError for an empty name or level, and for `none` and `any`, which mean something in a search.
    """
    levels = [clean_line(level) for level in name.split("/")]
    tag = "/".join(levels)
    if not all(levels):
        raise ReadingListError(
            phrase("“{name}” is no tag: a tag and each of its levels needs a name.", name=clean_line(name))
        )
    if tag_key(tag) in _RESERVED:
        raise ReadingListError(
            phrase("A tag cannot be called “{tag}”: tag:{tag} has a meaning of its own in a search.", tag=tag)
        )
    if len(tag) > _MAX_LENGTH:
        raise ReadingListError(
            phrase(
                "“{tag}…” is too long for a tag (at most {most} characters).",
                tag=tag[:40],
                most=_MAX_LENGTH,
            )
        )
    return tag


def tag_id(connection: Connection, name: str) -> int:
    """Return the number of the tag called `name` in any spelling, making it when there is none."""
    row = connection.execute("SELECT id FROM tag WHERE key = ?", [tag_key(name)]).fetchone()
    if row:
        return int(row[0])
    count = connection.execute("SELECT count(*) FROM tag").fetchone()[0]
    colour = TAG_COLOURS[count % len(TAG_COLOURS)]
    cursor = connection.execute("INSERT INTO tag (key, name, colour) VALUES (?, ?, ?)", [tag_key(name), name, colour])
    return int(cursor.lastrowid or 0)


def first_spellings(connection: Connection, names: frozenset[str]) -> frozenset[str]:
    """Return `names` spelt as the library spells them already."""
    spelt: dict[str, str] = {}
    for name in sorted(names):
        row = connection.execute("SELECT name FROM tag WHERE key = ?", [tag_key(name)]).fetchone()
        spelt.setdefault(tag_key(name), row[0] if row else name)
    return frozenset(spelt.values())


def list_tags(connection: Connection) -> list[Tag]:
    """Return the tags that papers carry, by name without regard to case."""
    rows = connection.execute(
        # The trash is small: leaving its papers out one by one spares a look at every paper's row (11 times faster).
        "SELECT name, colour, papers FROM (SELECT tag, count(*) AS papers FROM paper_tag INDEXED BY paper_tag_tag"
        " WHERE paper NOT IN (SELECT id FROM paper WHERE trashed IS NOT NULL) GROUP BY tag)"
        " JOIN tag ON tag.id = tag ORDER BY key"
    )
    return [Tag(clean_line(name), colour or TAG_COLOURS[0], count) for name, colour, count in rows]


def shared_tags(connection: Connection, papers: Collection[int]) -> frozenset[str]:
    """Return the tags that every one of `papers` has."""
    rows = connection.execute(
        "SELECT name FROM paper_tag JOIN tag ON tag.id = tag WHERE paper IN (SELECT value FROM json_each(?))"
        " GROUP BY tag HAVING count(*) = ?",
        [json.dumps(list(papers)), len(papers)],
    )
    return frozenset(name for (name,) in rows)


def colour_of(connection: Connection, name: str) -> str | None:
    """Return the colour of a tag in any spelling, or None when there is no such tag."""
    row = connection.execute("SELECT colour FROM tag WHERE key = ?", [tag_key(name)]).fetchone()
    return str(row[0]) if row else None


def set_colour(connection: Connection, name: str, colour: str) -> None:
    """Give a tag a colour ("#rrggbb")."""
    connection.execute("UPDATE tag SET colour = ? WHERE key = ?", [colour, tag_key(name)])


def spelling_of(connection: Connection, name: str) -> str | None:
    """Return how the library spells a tag, or None when there is no such tag."""
    row = connection.execute("SELECT name FROM tag WHERE key = ?", [tag_key(name)]).fetchone()
    return str(row[0]) if row else None


def set_spelling(connection: Connection, name: str, spelling: str) -> None:
    """Spell a tag, and so every paper's, as `spelling`, which differs from `name` in case only."""
    connection.execute("UPDATE tag SET name = ? WHERE key = ?", [spelling, tag_key(name)])


def tagged_papers(connection: Connection) -> list[tuple[Tag, list[int]]]:
    """Return the tags by name without regard to case, each with the papers that carry it, those in the trash too."""
    rows = connection.execute(
        "SELECT name, colour, json_group_array(paper) FROM tag JOIN paper_tag ON tag = tag.id"
        " GROUP BY tag.id ORDER BY key"
    )
    tagged = [(name, colour, json.loads(papers)) for name, colour, papers in rows]
    return [(Tag(name, colour or TAG_COLOURS[0], len(papers)), papers) for name, colour, papers in tagged]
