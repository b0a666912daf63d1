"""What filters cost: that an index answers where the rows themselves would take tens of milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from readinglist.query.parse import parse
from readinglist.store.filters import condition, order
from readinglist.store.listing import ids_where, list_ids
from readinglist.store.store import Store


@pytest.mark.parametrize(
    "query", ["has:code", "-has:code", "has:pdf", "is:unread", "is:inbox", "upvotes:>3", "source:hf", "changed:today"]
)
def test_no_row_is_read_to_know_which_papers_are_meant(tmp_path: Path, query: str) -> None:
    store = Store(tmp_path / "library")
    where, parameters = condition(parse(query).node, datetime(2026, 3, 11, tzinfo=UTC))
    plan = store.reader().execute(f"EXPLAIN QUERY PLAN SELECT id FROM paper WHERE {where}", parameters).fetchall()
    assert "SCAN paper" not in [step for *_, step in plan]
    store.close()


def test_the_papers_of_a_condition_are_those_of_its_list(tmp_path: Path) -> None:
    store = Store(tmp_path / "library")
    with store.writing() as connection:
        connection.executemany(
            "INSERT INTO paper (uid, added, changed, title, title_key, author_key, source, links, trashed)"
            " VALUES (?, '', '', '', '', '', '', ?, ?)",
            [
                ("a", None, None),
                ("b", '[["code","https://example.org"]]', None),
                ("c", '[["page","https://example.org"],["code","x"]]', "2026"),
            ],
        )
    for query, ids in {"has:code": [2, 3], "-has:code": [1], "is:trash": [3]}.items():
        where, parameters = condition(parse(query).node, datetime(2026, 3, 11, tzinfo=UTC))
        assert sorted(ids_where(store.reader(), where, parameters)) == ids
        assert list_ids(store.reader(), where, parameters, order(()), trash=True) == ids
    store.close()
