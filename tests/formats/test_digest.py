"""A digest in every format: escaped, self-contained, the same bytes twice, and a message that is one."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from readinglist.formats.digest import EXCERPT, Digest, DigestGroup, DigestPaper, excerpt
from readinglist.formats.digest_formats import DIGEST_FORMATS
from readinglist.paper import Author, Link, Paper, PaperId

HOSTILE = Paper(
    id=PaperId(7),
    title='A <script>alert(1)</script> "quoted" & [linked](javascript:x)\r\nBcc: everyone@example.org',
    abstract="<img src=x onerror=alert(1)> begins it. " + "It goes on for a while, <b>boldly</b>. " * 20,
    authors=tuple(Author(f"Ada <i>Quill</i> {number}") for number in range(9)),
    url="javascript:alert(1)",
    links=(Link("pdf", "https://example.org/a.pdf?x=1&y=<2>"), Link("code", "file:///etc/passwd")),
    venue="Tides & <u>Sons</u>",
    year=2026,
    upvotes=1,
)
PLAIN = Paper(id=PaperId(8), title="On lanterns", arxiv_id="2603.00001", abstract="Lanterns are seen late.")
DIGEST = Digest(
    today="2026-03-11",
    since="2026-03-10",
    by="search",
    library="5b1c",
    total=4,
    groups=(
        DigestGroup("search", "Tides <b>\r\nX: y", "search:Tides", (DigestPaper(HOSTILE, ("“tide” & <i>more</i>",)),)),
        DigestGroup("rest", "", "added:2026-03-10..", (DigestPaper(PLAIN, ()),)),
    ),
)


class Page(HTMLParser):
    """Gathers elements with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def written(name: str, digest: Digest = DIGEST) -> str:
    return "".join(DIGEST_FORMATS[name](digest))


def message(digest: Digest = DIGEST) -> email.message.EmailMessage:
    made = email.message_from_bytes(written("eml", digest).encode("ascii"), policy=email.policy.default)
    assert isinstance(made, email.message.EmailMessage)
    return made


def mail_html() -> str:
    body = message().get_body(("html",))
    assert body is not None
    return str(body.get_content())


@pytest.mark.parametrize("name", DIGEST_FORMATS)
def test_the_same_digest_gives_the_same_bytes(name: str) -> None:
    assert written(name) == written(name)


@pytest.mark.parametrize("name", DIGEST_FORMATS)
def test_a_digest_of_nothing_says_so(name: str) -> None:
    text = written(name, replace(DIGEST, total=0, groups=()))
    assert "No new papers since 2026-03-10" in text


@pytest.mark.parametrize("html", [written("html"), mail_html()], ids=["page", "mail"])
def test_a_page_loads_and_runs_nothing(html: str) -> None:
    page = Page(html)
    names = {tag for tag, _ in page.elements}
    assert not names & {"script", "img", "link", "iframe", "object", "form", "base", "b", "i", "u"}
    attributes = [(name, value or "") for _, found in page.elements for name, value in found.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in ("src", "style")]
    addresses = [value for name, value in attributes if name == "href"]
    assert all(re.match(r"https://|#group\d", address) for address in addresses)
    assert "https://example.org/a.pdf?x=1&y=<2>" in addresses
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("html", [written("html"), mail_html()], ids=["page", "mail"])
def test_a_page_says_what_papers_say_as_it_is(html: str) -> None:
    text = Page(html).text
    assert 'A <script>alert(1)</script> "quoted" & [linked](javascript:x) Bcc: everyone@example.org' in text
    assert "<img src=x onerror=alert(1)> begins it." in text
    assert "“tide” & <i>more</i>" in text
    assert "and 3 more" in text
    assert "1 upvote" in text
    assert "2 more are in the library." in text


def test_the_page_is_for_light_and_dark_and_for_a_phone() -> None:
    html = written("html")
    assert "prefers-color-scheme: dark" in html
    assert 'name="viewport"' in html
    assert Page(html).elements.count(("section", {"id": "group1"})) == 1


def test_the_mail_has_no_styles_that_mail_programs_do_not_know() -> None:
    assert not re.search(r"var\(|@media|:root", mail_html())
    assert re.search(r"body \{[^}]*background: #", mail_html())


def test_the_message_is_one_that_mail_programs_open() -> None:
    made = message()
    assert made.defects == []
    assert made["Subject"] == "4 new papers since 2026-03-10"
    assert made["Date"].datetime.isoformat() == "2026-03-11T00:00:00+00:00"
    assert made.get_all("Bcc") is None
    assert [part.get_content_type() for part in made.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    text = made.get_body(("plain",))
    assert text is not None
    assert text.get_content().replace("\r\n", "\n").strip() == written("text").strip()
    raw = written("eml")
    assert max(map(len, raw.split("\r\n"))) <= 998  # RFC 5322 §2.1.1
    assert "\n" not in raw.replace("\r\n", "")


def test_a_long_title_in_any_letters_is_a_folded_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Neues für Größe — 数学の論文 и ещё, so lang, dass gefaltet werden muss " * 2
    monkeypatch.setattr(Digest, "title", property(lambda _: title))
    raw = written("eml")
    assert message()["Subject"] == title.strip()
    assert max(len(line) for line in raw.split("\r\n")) <= 78
    assert raw.isascii()


def test_different_digests_have_different_message_ids() -> None:
    other = replace(DIGEST, today="2026-03-12")
    assert message()["Message-ID"] != message(other)["Message-ID"]


def test_text_is_safe_for_a_terminal_and_fits() -> None:
    text = written("text", replace(DIGEST, groups=(replace(DIGEST.groups[0], name="a\x1b[31m\u202eb"),)))
    assert not {"\x1b", "\u202e", "\r"} & set(text)
    assert max(len(line) for line in text.split("\n") if "://" not in line) <= 78


def test_markdown_shows_what_papers_say_as_it_is() -> None:
    from markdown_it import MarkdownIt

    page = Page(MarkdownIt("commonmark").render(written("markdown")))
    assert [tag for tag, _ in page.elements if tag in ("h1", "h2", "h3")] == ["h1", "h2", "h3", "h2", "h3"]
    assert not {"script", "img", "b"} & {tag for tag, _ in page.elements}
    assert "[linked](javascript:x)" in page.text


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("Short.", "Short."),
        ("One  two\nthree.", "One two three."),
        ("A sentence of words. " * 30, ("A sentence of words. " * 15).strip() + " …"),
        ("word " * 100, ("word " * 64).strip() + " …"),
        ("x" * 400, "x" * EXCERPT + " …"),
    ],
)
def test_an_excerpt_ends_with_a_sentence_or_a_word(abstract: str, expected: str) -> None:
    assert excerpt(abstract) == expected


def test_an_excerpt_does_not_end_within_et_al() -> None:
    text = "We follow what was begun by others some time ago in this very field of ours, " * 2 + "as Quill et al. " * 10
    assert not excerpt(text).endswith("al. …")
