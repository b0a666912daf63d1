"""A paper as one cites it in running text. Knows no Qt."""

from __future__ import annotations

from readinglist.paper import Paper

_AUTHORS = 20


def citation(paper: Paper) -> str:
    """Return authors, year, title, venue and where to find it, as far as known, in one line.

    >>> citation(Paper("On Lists", authors=(Author("Ada Bo"), Author("Cy Du")), year=2020, doi="10.1/x"))
    'Ada Bo, Cy Du (2020). On Lists. https://doi.org/10.1/x'
    """
    names = [author.name for author in paper.authors]
    who = ", ".join(names[:_AUTHORS]) + (" et al." if len(names) > _AUTHORS else "")
    year = str(paper.year) if paper.year else (paper.published or "")[:4]
    lead = f"{who} ({year})" if who and year else who or (f"({year})" if year else "")
    where = paper.url
    if paper.doi:
        where = f"https://doi.org/{paper.doi}"
    elif paper.arxiv_id:
        where = f"https://arxiv.org/abs/{paper.arxiv_id}"
    parts = [part.rstrip(".") + "." for part in (lead, paper.title, paper.venue) if part]
    return " ".join([*parts, where] if where else parts)
