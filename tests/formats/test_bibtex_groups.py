"""JabRef's groups as tags, and tags as its groups."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.bibtex_groups import Groups, group_name, read_groups, tag_of, write_groups
from readinglist.text.clean import clean_line
from readinglist.text.latex import is_balanced, latex_to_text

level = st.text(alphabet="ab;\\:{}/,#% é", min_size=1, max_size=8).map(lambda text: clean_line(text.replace("/", "")))
tags = st.lists(level.filter(bool), min_size=1, max_size=3).map("/".join)


def groups_of(comment: str) -> Groups:
    groups = Groups()
    read_groups(comment, groups)
    return groups


@given(wanted=st.frozensets(tags, max_size=5))
def test_tags_come_back_from_the_groups_they_make(wanted: frozenset[str]) -> None:
    text = write_groups(wanted)
    assert is_balanced(text)
    comment = text.strip().removeprefix("@Comment{").removesuffix("}")
    found = groups_of(comment).by_name
    assert {found[tag_of(latex_to_text(group_name(tag)))] for tag in wanted} == wanted


def test_wrapped_and_old_trees_are_read() -> None:
    old = groups_of(
        "jabref-meta: groupstree:\n0 AllEntriesGroup:;\n1 ExplicitGroup:Long na\nme\\;0\\;key1\\;key2\\;;\n"
        "2 ExplicitGroup:Sub\\;0\\;key3\\;;\n2 KeywordGroup:Kw\\;0\\;keywords\\;term\\;0\\;0\\;;\n"
    )
    assert old.by_name == {"Long name": "Long name", "Sub": "Long name/Sub"}
    assert old.by_key == {"key1": ["Long name"], "key2": ["Long name"], "key3": ["Long name/Sub"]}
    assert old.by_keyword == {"term": ["Long name/Kw"]}


def test_levels_that_are_missing_or_absurd_do_no_harm() -> None:
    groups = groups_of("jabref-meta: grouping:3 StaticGroup:a;1 StaticGroup:;2 StaticGroup:b;9999 StaticGroup:c;x;")
    assert groups.by_name == {"a": "a", "b": "b", "c": "b/c"}


def test_other_comments_say_nothing() -> None:
    assert groups_of("jabref-meta: databaseType:bibtex;") == Groups()
    assert groups_of("1 StaticGroup:a;") == Groups()
