"""Backups: whole, checked, durable, and which of them are worth keeping."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import ReadingListError
from readinglist.progress import Cancelled
from readinglist.store import backup as backups
from readinglist.store.backup import Backup, check_copy, list_backups, make_backup, thin_out, worth_keeping
from readinglist.store.driver import Connection, connect
from readinglist.store.store import Store

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library")
    with store.writing() as connection:
        connection.executemany(
            "INSERT INTO paper (uid, added, changed, title, title_key, author_key, source)"
            " VALUES (?, '', '', ?, '', '', 'x')",
            [(f"u{n}", f"Paper {n}") for n in range(200)],
        )
    yield store
    store.close()


@pytest.fixture
def connection(store: Store) -> Iterator[Connection]:
    with closing(store.open_reader()) as connection:
        yield connection


def test_a_backup_is_a_whole_library_of_one_file(store: Store, connection: Connection, tmp_path: Path) -> None:
    made = make_backup(connection, tmp_path / "b", NOON, "manual")
    assert (made.at, made.reason, made.papers) == ("2026-03-11T12:00:00Z", "manual", 200)
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["2026-03-11T120000Z-manual.db"]
    assert made.path.stat().st_mode & 0o077 == 0
    check_copy(made.path)
    other = Store(tmp_path / "other")
    other.close()
    (tmp_path / "other" / "library.db").write_bytes(made.path.read_bytes())
    other = Store(tmp_path / "other")
    assert other.library_id == store.library_id
    other.close()


def test_backups_of_one_second_do_not_replace_each_other(connection: Connection, tmp_path: Path) -> None:
    for _ in range(3):
        make_backup(connection, tmp_path / "b", NOON, "manual")
    assert len(list_backups([tmp_path / "b"])) == 3


def test_the_list_is_newest_first_and_knows_what_is_no_good(connection: Connection, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    for hour in (1, 3, 2):
        make_backup(connection, folder, NOON + timedelta(hours=hour), "time")
    (folder / "2026-03-11T140000Z-time.db").write_bytes(b"SQLite format 3\0 no more of it")
    (folder / "somebody else's.db").write_bytes(b"")
    assert [(b.at[11:13], b.papers) for b in list_backups([folder, tmp_path / "nowhere"])] == [
        ("15", 200),
        ("14", None),
        ("13", 200),
    ]


class StopAtOnce:
    def step(self, done: int, total: int | None, text: str = "") -> None:
        raise Cancelled


def test_a_cancelled_backup_leaves_nothing(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.store.driver._STEPS", 10)
    with pytest.raises(Cancelled):
        make_backup(connection, tmp_path / "b", NOON, "manual", StopAtOnce())
    assert list((tmp_path / "b").iterdir()) == []
    assert connection.execute("SELECT count(*) FROM paper").fetchone() == (200,)


def test_a_backup_that_is_not_whole_is_no_backup(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(path: Path) -> None:
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size // 2)
        check_copy(path)

    monkeypatch.setattr(backups, "check_copy", torn)
    with pytest.raises(ReadingListError, match=r"damaged|malformed"):
        make_backup(connection, tmp_path / "b", NOON, "manual")
    assert list((tmp_path / "b").iterdir()) == []


def test_what_an_interruption_left_is_cleared_away(connection: Connection, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / "2026-03-11T110000Z-time.db.unfinished").write_bytes(b"half")
    make_backup(connection, folder, NOON, "manual")
    assert len(list(folder.iterdir())) == 1


def test_what_is_no_library_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database")
    foreign = connect(tmp_path / "foreign.db", mode="rwc")
    foreign.execute("CREATE TABLE t (x)")
    foreign.close()
    for name in ("text.db", "foreign.db", "missing.db"):
        with pytest.raises(ReadingListError):
            check_copy(tmp_path / name)


def fake(hours: float, *, size: int = 1000, papers: int | None = 5, reason: str = "time") -> Backup:
    at = (NOON - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Backup(Path(f"{at}-{reason}-{hours}.db"), at, reason, size, papers)


def test_ten_recent_seven_daily_four_weekly_are_kept() -> None:
    hourly = [fake(hours) for hours in range(24 * 70)]
    kept = worth_keeping(hourly)
    assert kept[:10] == hourly[:10]
    days = {b.at[:10] for b in kept}
    assert len(kept) == 10 + 6 + 2  # of seven days one is today, and of four weeks two are among the days
    assert {f"2026-03-{day:02}" for day in range(5, 12)} <= days
    assert min(days) <= "2026-02-22"


def test_one_made_by_hand_is_never_dropped() -> None:
    by_hand = fake(24 * 400, reason="manual")
    assert by_hand in worth_keeping([*(fake(h) for h in range(30)), by_hand])


def test_a_big_one_is_not_dropped_for_small_ones() -> None:
    many = [fake(hours) for hours in range(24 * 50)]
    big, less = fake(24 * 60, size=5000), fake(24 * 60, size=1500)
    assert big in worth_keeping([*many, big])
    assert less not in worth_keeping([*many, less])


def test_damaged_ones_take_nobodys_place() -> None:
    damaged = [fake(hours, papers=None) for hours in range(12)]
    good = [fake(hours) for hours in range(12, 22)]
    assert set(good) <= set(worth_keeping([*damaged, *good]))


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 10**6), st.booleans()), max_size=60))
def test_the_newest_and_the_biggest_sound_one_always_stay(rows: list[tuple[int, int, bool]]) -> None:
    found = [fake(h, size=size, papers=5 if sound else None) for h, size, sound in rows]
    found.sort(key=lambda b: b.at, reverse=True)
    kept = worth_keeping(found)
    sound = [b for b in found if b.papers is not None]
    if sound:
        assert sound[0] in kept
        assert max(b.size_bytes for b in kept if b.papers is not None) * 2 >= max(b.size_bytes for b in sound)
    assert worth_keeping(kept) == kept


def test_thinning_out_deletes_only_backups(connection: Connection, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    for hour in range(14):
        make_backup(connection, folder, NOON + timedelta(minutes=hour), "time")
    (folder / "keep me.txt").write_text("mine")
    assert len(thin_out(folder)) == 4
    assert len(list_backups([folder])) == 10
    assert (folder / "keep me.txt").exists()
