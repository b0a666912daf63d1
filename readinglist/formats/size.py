"""How much text a paper holds, and whether a field that is a list holds too much. Knows no format."""

from __future__ import annotations

from readinglist.paper import Paper
from readinglist.phrase import phrase

LINE_CHARS = 10_000
"""No title or name is longer; laying out a line of a million takes the window twenty seconds."""

_LINES = ("title", "venue", "submitted_by", "url", "version", "doi", "arxiv_id")


def text_chars(paper: Paper) -> int:
    """Return about how many characters the texts of a paper have; at least one an entry of its lists."""
    size = len(paper.title) + len(paper.abstract or "") + len(paper.note or "")
    size += sum(len(author.name) for author in paper.authors) + sum(map(len, paper.keywords)) + len(paper.links)
    if paper.extra:
        size += len(str(paper.extra))
    return size + sum(len(each.quote) for each in paper.highlights)


def too_long(paper: Paper, most_chars: int) -> str | None:
    """Say which field of a paper holds more than anybody could be shown, or None.

    A text may have `most_chars` characters, a list as many in all and so many entries, a line `LINE_CHARS`.
    """
    for name in _LINES:
        if len(getattr(paper, name) or "") > LINE_CHARS:
            return phrase("{name} is longer than {field_chars:,} characters", name=name, field_chars=LINE_CHARS)
    for name, most, sizes in (
        ("authors", 20_000, [len(author.name) + 1 for author in paper.authors]),
        ("keywords", 5_000, [len(keyword) + 1 for keyword in paper.keywords]),
        ("tags", 500, [len(tag) + 1 for tag in paper.tags]),
        ("links", 500, [len(link.url) + 1 for link in paper.links]),
        ("highlights", 2_000, [len(each.quote) + len(each.comment or "") + 100 for each in paper.highlights]),
    ):
        if sum(sizes) > most_chars:
            return phrase("its {name} are longer than {field_chars:,} characters", name=name, field_chars=most_chars)
        if len(sizes) > most:
            return phrase("it has more than {most:,} {name}", name=name, most=most)
        if name != "highlights" and max(sizes, default=0) > LINE_CHARS:
            return phrase(
                "one of its {name} is longer than {field_chars:,} characters", name=name, field_chars=LINE_CHARS
            )
    return None
