"""HTML to text: what a reader would read, in linear time, whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.text.clean import clean_paragraphs
from readinglist.text.markup import text_of_html
from tests.pace import within


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain", "plain"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<div><b>Bold</b> and <i>italic</i><br/>line</div>", "Bold and italic\n\nline"),
        ("1 < 2, 3 > 2 and a<b", "1 < 2, 3 > 2 and a<b"),
        ("if $x<y>z$ and $a<b$ and $c>d$ hold", "if $x<y>z$ and $a<b$ and $c>d$ hold"),
        ("a &lt;b&gt; &amp;amp; &nbsp;c &#233; AT&T &unknown;", "a <b> &amp; c é AT&T &unknown;"),
        ("10<sup>-5</sup> CO<sub>2</sub> x<sup>th</sup>", "10⁻⁵ CO₂ xth"),
        ("a<script>alert('<p>')</script>b<style>p{}</style>c", "abc"),
        ("a<!-- <p>hidden</p> -->b <!-- open <i>x</i>", "ab <!-- open x"),
        ('<a title="a>b" href="x">link</a>', "link"),
        ("<jats:p>In JATS.</jats:p>", "In JATS."),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("a <a href=", "a <a href="),
    ],
)
def test_html_is_read_as_text(source: str, text: str) -> None:
    assert clean_paragraphs(text_of_html(source)) == text


@given(st.text(alphabet="<>/&;!-\"'apscript ", max_size=60))
def test_nothing_breaks_it(source: str) -> None:
    text_of_html(source)


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", '<a "', "<script>", "<script></script>", "&", "<sup>", "<", "<a '\"", "&lt", "<p><!--"]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    source = piece * (300_000 // len(piece))
    with within(2):
        text_of_html(source)
