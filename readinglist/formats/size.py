"""How much text a paper holds, and whether a field that is a list holds too much. Knows no format."""

from __future__ import annotations

from readinglist.paper import Paper
from readinglist.phrase import phrase


def text_chars(paper: Paper) -> int:
    """Return about how many characters the texts of a paper have; at least one an entry of its lists."""
    size = len(paper.title) + len(paper.abstract or "") + len(paper.note or "")
    size += sum(len(author.name) for author in paper.authors) + sum(map(len, paper.keywords)) + len(paper.links)
    if paper.extra:
        size += len(str(paper.extra))
    return size + sum(len(each.quote) for each in paper.highlights)


def too_long(paper: Paper, most_chars: int) -> str | None:
    """Say which list of a paper holds more than `most_chars` characters, or None."""
    for name, sizes in (
        ("authors", [len(author.name) + 1 for author in paper.authors]),
        ("keywords", [len(keyword) + 1 for keyword in paper.keywords]),
        ("tags", [len(tag) + 1 for tag in paper.tags]),
        ("links", [len(link.url) + 1 for link in paper.links]),
        ("highlights", [len(each.quote) + len(each.comment or "") + 100 for each in paper.highlights]),
    ):
        if sum(sizes) > most_chars:
            return phrase("its {name} are longer than {field_chars:,} characters", name=name, field_chars=most_chars)
    return None
