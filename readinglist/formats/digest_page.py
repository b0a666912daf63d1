"""A digest as one self-contained HTML page, for a browser and, in plainer style, for a mail program.

As the page of `html_page`: it loads nothing and runs nothing, and whatever a paper says is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from readinglist.formats.digest import Digest, DigestGroup, DigestPaper, excerpt, facts, group_name, more_papers, people
from readinglist.formats.html_page import page_head, paragraphs, web_link
from readinglist.formats.html_style import STYLE
from readinglist.formats.markdown_list import paper_addresses
from readinglist.text.clean import clean_line

_STYLE = """\
nav ul { list-style: none; margin: 0 0 1.5rem; padding: 0; display: flex; flex-wrap: wrap; gap: 0.4rem; }
nav a { display: block; background: var(--chip); color: inherit; border-radius: 999px; padding: 0.35rem 0.8rem;
  font-size: 0.875rem; text-decoration: none; }
.count { color: var(--soft); font-weight: 400; }
section > h2 { font-size: 1.25rem; margin: 2rem 0 0.75rem; }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 0 0 0.25rem; text-wrap: balance; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
.why { font-size: 0.9375rem; border-left: 3px solid var(--link); padding-left: 0.7rem; margin: 0 0 0.6rem; }
summary { color: var(--link); cursor: pointer; font-size: 0.875rem; padding: 0.2rem 0; }
details > p:last-child, article > :last-child { margin-bottom: 0; }
"""

_VARIABLE = re.compile(r"(--[a-z]+): ([^;]+);")


def html_digest(digest: Digest) -> Iterator[str]:
    """Yield the page piece by piece."""
    yield page_head(digest.title, STYLE + _STYLE)
    if len(digest.groups) > 1:
        links = "".join(
            f'<li><a href="#group{number}">{_heading(group)}</a></li>' for number, group in enumerate(digest.groups, 1)
        )
        yield f'<nav aria-label="Groups"><ul>{links}</ul></nav>\n'
    yield from _sections(digest, whole_abstracts=True)
    yield _foot(digest)


def mail_page(digest: Digest) -> Iterator[str]:
    """Yield the page for a mail program: light, without links within the page, colours written out."""
    yield page_head(digest.title, _mail_style(), schemes="light")
    yield from _sections(digest, whole_abstracts=False)
    yield _foot(digest)


def _mail_style() -> str:
    """Return the style without what mail programs do not know: variables, media queries."""
    style = STYLE[: STYLE.index("@media print")] + _STYLE
    colours = dict(_VARIABLE.findall(style[: style.index("@media")]))
    style = re.sub(r"^@media[^{]*\{.*?^\}\n", "", style, flags=re.MULTILINE | re.DOTALL)
    style = re.sub(r"^:root \{.*?\}\n", "", style, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"var\((--[a-z]+)\)", lambda found: colours[found[1]], style)


def _heading(group: DigestGroup) -> str:
    return f'{escape(clean_line(group_name(group)))} <span class="count">{len(group.papers):,}</span>'


def _sections(digest: Digest, *, whole_abstracts: bool) -> Iterator[str]:
    if digest.note:
        yield f'<p class="facts">{escape(clean_line(digest.note))}</p>\n'
    if not digest.groups:
        yield "<p>Nothing has come since then.</p>\n"
    for number, group in enumerate(digest.groups, 1):
        yield f'<section id="group{number}">\n<h2>{_heading(group)}</h2>\n'
        for entry in group.papers:
            yield "".join(_article(entry, whole_abstract=whole_abstracts))
        yield "</section>\n"


def _article(entry: DigestPaper, *, whole_abstract: bool) -> Iterator[str]:
    paper = entry.paper
    addresses = list(paper_addresses(paper))
    title = escape(clean_line(paper.title))
    yield f"<article>\n<h3>{web_link(addresses[0][1], title) if addresses else title}</h3>\n"
    if paper.authors:
        yield f'<p class="authors">{escape(clean_line(people(paper)))}</p>\n'
    shown = [escape(clean_line(fact)) for fact in facts(paper)]
    shown += [web_link(url, escape(name)) for name, url in addresses]
    if shown:
        yield f'<p class="facts">{" · ".join(shown)}</p>\n'
    if entry.reasons:
        yield f'<p class="why">{escape(clean_line("; ".join(entry.reasons)))}</p>\n'
    if paper.abstract:
        short = excerpt(paper.abstract)
        yield f"<p>{escape(short)}</p>\n"
        if whole_abstract and short.endswith(" …"):
            yield f"<details><summary>Abstract</summary>{paragraphs(escape(paper.abstract))}</details>\n"
    yield "</article>\n"


def _foot(digest: Digest) -> str:
    more = f" {escape(more_papers(digest))}" if more_papers(digest) else ""
    return f"</main>\n<footer>Made from your library on {escape(digest.today)}.{more}</footer>\n</body>\n</html>\n"
