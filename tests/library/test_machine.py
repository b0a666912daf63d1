"""Random edits, undos, reopenings and searches against a plain model: the store, the history and the index agree.

`tests/faults/machine.py` runs it for as long as one likes.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from readinglist.formats.source import Source
from readinglist.library import Library, rescue
from readinglist.paper import Paper, Status
from readinglist.paths import index_folder

WORDS = ("rain", "lists", "cats", "Ångström", "注意", "sparse")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
tags = st.sampled_from(["nlp", "nlp/parsing", "To Read", "été"])


@dataclass
class Model:
    """What a paper should be."""

    title: str
    abstract: str | None = None
    note: str | None = None
    status: Status = Status.INBOX
    starred: bool = False
    trashed: bool = False
    tags: set[str] = field(default_factory=set)
    highlighted: bool = False

    @property
    def words(self) -> set[str]:
        """What the paper is found by."""
        return set(f"{self.title} {self.abstract or ''} {self.note or ''}".split())


States = list[dict[int, Model]]


def on_a_paper(**drawn: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Any]:
    """Make a rule of a method that wants the number of a paper before what is drawn."""

    def ruled(method: Callable[..., None]) -> Any:
        @wraps(method)
        def step(self: LibraryMachine, pick: int, **values: Any) -> None:
            method(self, list(self.model)[pick % len(self.model)], **values)

        return precondition(lambda self: self.model)(rule(pick=st.integers(0, 30), **drawn)(step))

    return ruled


class LibraryMachine(RuleBasedStateMachine):
    """Edits on a library and on a model of it, side by side."""

    examples = steps = searches = 0

    @initialize()
    def open(self) -> None:
        LibraryMachine.examples += 1
        # In memory where that can be: a disk would only take its time.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix="readinglist-machine-", dir=memory))
        self.time = datetime(2026, 3, 11, 9, tzinfo=UTC)
        self.model: dict[int, Model] = {}
        self.past: States = []
        self.future: States = []
        self.saved: tuple[Path, dict[int, Model], States, States] | None = None
        self.library = Library.open(self.folder, clock=lambda: self.time)

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def edited(self, before: dict[int, Model]) -> None:
        """Note that an edit was made, if anything changed."""
        self.time += timedelta(minutes=1)
        if before != self.model:
            self.past.append(before)
            self.future.clear()

    @rule(title=texts, abstract=st.one_of(st.none(), texts))
    def add(self, title: str, abstract: str | None) -> None:
        before = deepcopy(self.model)
        (number,) = self.library.add(Paper(title, abstract=abstract)).ids
        self.model[number] = Model(title, abstract)
        self.past.append(before)
        self.future.clear()

    @rule(title=texts, abstract=texts)
    def import_two(self, title: str, abstract: str) -> None:
        before = deepcopy(self.model)
        # No paper of that name is there yet, so that none is taken for it.
        names = [f"{title} {len(self.model)} {n} of {self.time:%d%H%M}" for n in range(2)]
        data = json.dumps([{"title": name, "abstract": abstract} for name in names]).encode()
        assert self.library.import_([Source("two.json", data=data)]).added == 2
        numbers = sorted(self.library.search("is:trash OR -is:trash", limit=None).ids)[-2:]
        for number, name in zip(numbers, names, strict=True):
            self.model[number] = Model(name, abstract)
        self.edited(before)

    @on_a_paper(title=texts)
    def correct(self, number: int, title: str) -> None:
        before = deepcopy(self.model)
        self.library.correct([number], title=title)
        self.model[number].title = title
        self.edited(before)

    @on_a_paper()
    def highlight(self, number: int) -> None:
        before = deepcopy(self.model)
        model = self.model[number]
        if model.highlighted:
            self.library.remove_highlight(self.library.paper(number).highlights[0].id)
        elif model.abstract is not None:
            self.library.highlight(number, model.abstract.split()[0], start=0)
        else:
            return
        model.highlighted = not model.highlighted
        self.edited(before)

    @on_a_paper(text=texts)
    def write_elsewhere(self, number: int, text: str) -> None:
        """Write a note in what stands for another process."""
        before = deepcopy(self.model)
        with Library.open(self.folder, clock=lambda: self.time) as other:
            other.write_note(number, text)
        self.model[number].note = text
        self.edited(before)

    @on_a_paper(text=st.one_of(st.just(""), texts))
    def write_note(self, number: int, text: str) -> None:
        before = deepcopy(self.model)
        self.library.write_note(number, text)
        self.model[number].note = text or None
        self.edited(before)

    @on_a_paper(tag=tags, on=st.booleans())
    def tag(self, number: int, tag: str, on: bool) -> None:
        before = deepcopy(self.model)
        self.library.tag([number], **({"add": [tag]} if on else {"remove": [tag]}))
        (self.model[number].tags.add if on else self.model[number].tags.discard)(tag)
        self.edited(before)

    @on_a_paper(status=st.sampled_from(Status))
    def move(self, number: int, status: Status) -> None:
        before = deepcopy(self.model)
        queue = self.library.paper(number).order_key
        self.library.move([number], status)
        self.model[number].status = status
        if before == self.model and self.library.paper(number).order_key != queue:
            # Moved to the bottom of Up next once more: an edit that the model does not see.
            self.past.append(before)
            self.future.clear()
        else:
            self.edited(before)

    @on_a_paper(on=st.booleans())
    def star(self, number: int, on: bool) -> None:
        before = deepcopy(self.model)
        self.library.star([number], on=on)
        self.model[number].starred = on
        self.edited(before)

    @on_a_paper()
    def remove(self, number: int) -> None:
        before = deepcopy(self.model)
        self.library.remove([number])
        self.model[number].trashed = True
        self.edited(before)

    @on_a_paper()
    def restore(self, number: int) -> None:
        before = deepcopy(self.model)
        self.library.restore([number])
        self.model[number].trashed = False
        self.edited(before)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        now = deepcopy(self.model)
        self.future.append(now)
        self.model = self.past.pop()
        for number in now.keys() - self.model.keys():  # what was added goes into the trash
            self.model[number] = replace(deepcopy(now[number]), trashed=True)
        assert self.library.undo().conflicts == []

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        self.past.append(deepcopy(self.model))
        self.model = self.future.pop()
        assert self.library.redo().conflicts == []

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = Library.open(self.folder, clock=lambda: self.time)

    @rule()
    def lose_the_index(self) -> None:
        self.library.close()
        shutil.rmtree(index_folder(self.library.library_id, self.folder), ignore_errors=True)
        self.library = Library.open(self.folder, clock=lambda: self.time)

    @rule()
    def back_up(self) -> None:
        path = self.library.back_up().path
        self.saved = path, deepcopy(self.model), deepcopy(self.past), deepcopy(self.future)

    @precondition(lambda self: self.saved)
    @rule()
    def restore_a_backup(self) -> None:
        assert self.saved is not None
        path, model, past, future = self.saved
        self.library.close()
        rescue.recover(self.folder, path, clock=lambda: self.time)
        self.time += timedelta(minutes=1)
        # Papers that came later are gone, and their numbers are given again.
        self.model, self.past, self.future = deepcopy(model), deepcopy(past), deepcopy(future)
        self.library = Library.open(self.folder, clock=lambda: self.time)

    @rule()
    def index(self) -> None:
        self.library.update_index()

    @rule(word=st.sampled_from(WORDS))
    def search(self, word: str) -> None:
        found = set(self.library.search(word, relax=False).ids)
        LibraryMachine.searches += 1
        assert found == {n for n, m in self.model.items() if not m.trashed and word in m.words}

    @rule(one=st.sampled_from(WORDS), other=st.sampled_from(WORDS))
    def search_two(self, one: str, other: str) -> None:
        live = {n: m.words for n, m in self.model.items() if not m.trashed}
        for query, wanted in (
            (f"{one} {other}", {n for n, words in live.items() if one in words and other in words}),
            (f"{one} OR {other}", {n for n, words in live.items() if one in words or other in words}),
            (f"{one} -{other}", {n for n, words in live.items() if one in words and other not in words}),
        ):
            LibraryMachine.searches += 1
            assert set(self.library.search(query, relax=False).ids) == wanted, query

    @rule(tag=tags)
    def search_tag(self, tag: str) -> None:
        found = set(self.library.search(f'tag:"{tag}"').ids)
        assert found == {
            n for n, m in self.model.items() if not m.trashed and any(f"{t}/".startswith(f"{tag}/") for t in m.tags)
        }

    @invariant()
    def the_library_is_the_model(self) -> None:
        if not hasattr(self, "library"):
            return
        LibraryMachine.steps += 1
        for number, wanted in self.model.items():
            paper = self.library.paper(number)
            found = Model(
                paper.title,
                paper.abstract,
                paper.note,
                paper.status,
                paper.starred,
                bool(paper.trashed),
                set(paper.tags),
                bool(paper.highlights),
            )
            assert found == wanted
        counts = self.library.counts()
        live = [m for m in self.model.values() if not m.trashed]
        assert (counts.total, counts.trash) == (len(live), len(self.model) - len(live))
        assert counts.inbox == sum(m.status is Status.INBOX for m in live)


LibraryMachine.TestCase.settings = settings(
    max_examples=settings().max_examples * 2, stateful_step_count=30, deadline=None
)
TestLibrary = LibraryMachine.TestCase
