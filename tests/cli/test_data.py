"""JSON on standard output."""

import json

from hypothesis import given
from hypothesis import strategies as st

from readinglist.cli.data import as_text

HARMFUL = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
}


@given(st.text())
def test_json_says_the_same_and_holds_nothing_a_terminal_acts_on(text: str) -> None:
    written = as_text({"title": text})
    assert json.loads(written) == {"title": text}
    assert not (HARMFUL - {"\n"}) & set(written)


def test_letters_of_all_scripts_stay_readable() -> None:
    assert "café 注意" in as_text({"title": "café 注意"})
