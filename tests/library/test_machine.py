"""Random edits, undos, reopenings and searches against a plain model: the store, the history and the index agree."""

from __future__ import annotations

import shutil
import tempfile
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from readinglist.library import Library
from readinglist.paper import Paper, Status

WORDS = ("rain", "lists", "cats", "Ångström", "注意", "sparse")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
tags = st.sampled_from(["nlp", "nlp/parsing", "To Read", "été"])


@dataclass
class Model:
    """What a paper should be."""

    title: str
    note: str | None = None
    status: Status = Status.INBOX
    starred: bool = False
    trashed: bool = False
    tags: set[str] = field(default_factory=set)


class LibraryMachine(RuleBasedStateMachine):
    """Edits on a library and on a model of it, side by side."""

    papers = Bundle("papers")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="readinglist-machine-"))
        self.time = datetime(2026, 3, 11, 9, tzinfo=UTC)
        self.model: dict[int, Model] = {}
        self.past: list[dict[int, Model]] = []
        self.future: list[dict[int, Model]] = []
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

    @rule(target=papers, title=texts)
    def add(self, title: str) -> int:
        before = deepcopy(self.model)
        (number,) = self.library.add(Paper(title)).ids
        self.model[number] = Model(title)
        self.past.append(before)
        self.future.clear()
        return int(number)

    @rule(number=papers, text=st.one_of(st.just(""), texts))
    def write_note(self, number: int, text: str) -> None:
        before = deepcopy(self.model)
        self.library.write_note(number, text)
        self.model[number].note = text or None
        self.edited(before)

    @rule(number=papers, tag=tags, on=st.booleans())
    def tag(self, number: int, tag: str, on: bool) -> None:
        before = deepcopy(self.model)
        self.library.tag([number], **({"add": [tag]} if on else {"remove": [tag]}))
        (self.model[number].tags.add if on else self.model[number].tags.discard)(tag)
        self.edited(before)

    @rule(number=papers, status=st.sampled_from(Status))
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

    @rule(number=papers, on=st.booleans())
    def star(self, number: int, on: bool) -> None:
        before = deepcopy(self.model)
        self.library.star([number], on=on)
        self.model[number].starred = on
        self.edited(before)

    @rule(number=papers)
    def remove(self, number: int) -> None:
        before = deepcopy(self.model)
        self.library.remove([number])
        self.model[number].trashed = True
        self.edited(before)

    @rule(number=papers)
    def restore(self, number: int) -> None:
        before = deepcopy(self.model)
        self.library.restore([number])
        self.model[number].trashed = False
        self.edited(before)

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        if any(number not in self.past[-1] for number in self.model):
            return  # adding is taken back by removing
        self.future.append(deepcopy(self.model))
        self.model = self.past.pop()
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
    def index(self) -> None:
        self.library.update_index()

    @rule(word=st.sampled_from(WORDS))
    def search(self, word: str) -> None:
        found = set(self.library.search(word, relax=False).ids)
        wanted = {n for n, m in self.model.items() if not m.trashed and word in f"{m.title} {m.note or ''}".split()}
        assert found == wanted

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
        for number, wanted in self.model.items():
            paper = self.library.paper(number)
            assert (
                Model(paper.title, paper.note, paper.status, paper.starred, bool(paper.trashed), set(paper.tags))
                == wanted
            )
        counts = self.library.counts()
        live = [m for m in self.model.values() if not m.trashed]
        assert (counts.total, counts.trash) == (len(live), len(self.model) - len(live))
        assert counts.inbox == sum(m.status is Status.INBOX for m in live)


LibraryMachine.TestCase.settings = settings(
    max_examples=settings().max_examples // 2, stateful_step_count=30, deadline=None
)
TestLibrary = LibraryMachine.TestCase
