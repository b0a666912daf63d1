"""Papers as one self-contained HTML page (out): light and dark, on screen and on paper.

The page loads nothing and runs nothing: no scripts, no images, and a content security policy that forbids both.
Whatever a paper says is escaped; a note is shown as Markdown without HTML and images, and only web addresses are links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from readinglist.formats.html_style import STYLE
from readinglist.formats.markdown_list import STATUS_NAMES, paper_addresses
from readinglist.paper import Highlight, Paper
from readinglist.text.identifiers import is_web_address

_LONGEST_NOTE = 50_000  # beyond that a note is shown as plain text


def page_head(title: str, style: str, schemes: str = "light dark") -> str:
    """Return the beginning of a page that loads and runs nothing, up to its first heading, the title."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{schemes}">
<title>{escape(title)}</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
"""


def write_html(papers: Iterable[Paper]) -> Iterator[str]:
    """Yield the page piece by piece, a paper at a time."""
    yield page_head("Reading list", STYLE)
    count = 0
    for paper in papers:
        count += 1
        yield "".join(_article(paper))
    yield f"</main>\n<footer>{count:,} {'paper' if count == 1 else 'papers'}</footer>\n</body>\n</html>\n"


def _article(paper: Paper) -> Iterator[str]:
    addresses = list(paper_addresses(paper))
    title = escape(paper.title)
    if addresses:
        title = web_link(addresses[0][1], title)
    star = ' <span class="star" title="Starred">★</span>' if paper.starred else ""
    yield f"<article>\n<h2>{title}{star}</h2>\n"
    if paper.authors:
        yield f'<p class="authors">{escape(", ".join(author.name for author in paper.authors))}</p>\n'
    facts = [paper.venue, paper.published or str(paper.year or "") or None]
    facts.append(f"{paper.upvotes:,} upvotes" if paper.upvotes else None)
    shown = [f'<span class="status {paper.status}">{STATUS_NAMES[paper.status]}</span>']
    shown += [escape(fact) for fact in facts if fact]
    shown += [web_link(url, escape(name)) for name, url in addresses]
    yield f'<p class="facts">{" · ".join(shown)}</p>\n'
    if paper.tags:
        tags = "".join(f"<li>{escape(tag)}</li>" for tag in sorted(paper.tags, key=str.casefold))
        yield f'<ul class="tags">{tags}</ul>\n'
    if paper.abstract:
        yield f'<div class="abstract">{paragraphs(_marked(paper.abstract, paper.highlights))}</div>\n'
    told = [each for each in paper.highlights if each.comment or not _has_place(each, paper.abstract)]
    for each in told:
        comment = f"<p>{escape(each.comment)}</p>" if each.comment else ""
        yield f'<div class="comment {escape(each.colour)}"><q>{escape(each.quote)}</q>{comment}</div>\n'
    if paper.note:
        yield f'<div class="note">{note_html(paper.note)}</div>\n'
    yield "</article>\n"


def web_link(url: str, inside: str) -> str:
    """Return HTML as a link to a web address; as it is where the address is none."""
    if not is_web_address(url):
        return inside
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{inside}</a>'


def _has_place(highlight: Highlight, abstract: str | None) -> bool:
    start, end = highlight.start, highlight.end
    return start is not None and end is not None and start < end and (abstract or "")[start:end] == highlight.quote


def _marked(abstract: str, highlights: Sequence[Highlight]) -> str:
    """Return the abstract with its highlights marked; of two that overlap the second goes on where the first ends."""
    placed = sorted((each.start or 0, each.end or 0, each.colour) for each in highlights if _has_place(each, abstract))
    parts = []
    at = 0
    for start, end, colour in placed:
        begin = max(start, at)
        if begin >= end:
            continue
        parts.append(escape(abstract[at:begin]))
        # A paragraph ends every mark in it.
        inside = escape(abstract[begin:end]).replace("\n\n", f'</mark>\n\n<mark class="{escape(colour)}">')
        parts.append(f'<mark class="{escape(colour)}">{inside}</mark>')
        at = end
    parts.append(escape(abstract[at:]))
    return "".join(parts)


def paragraphs(html: str) -> str:
    """Return HTML without blocks as paragraphs, which blank lines divide."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in html.split("\n\n"))


def note_html(note: str) -> str:
    """Return a note as HTML: CommonMark with tables, without raw HTML and images."""
    if len(note) > _LONGEST_NOTE:
        return f"<pre>{escape(note)}</pre>"
    return str(_markdown().render(note))


@cache
def _markdown() -> MarkdownIt:
    """Return the one reader of Markdown; it keeps nothing of what it read."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    markdown.validateLink = _may_open  # type: ignore[method-assign]
    markdown.add_render_rule("link_open", _open_link)
    return markdown


def _may_open(url: str) -> bool:
    return is_web_address(url) or url.lower().startswith("mailto:")


def _open_link(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    if not tokens[index].attrGet("href"):  # it would lead to the page itself
        return "<a>"
    tokens[index].attrSet("rel", "noopener noreferrer nofollow")
    return self.renderToken(tokens, index, options, env)
