"""Nothing a person can type raises anything but a QueryError, or takes long."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

_SCRIPT = Path(__file__).resolve().parents[1] / "faults" / "fuzz_query.py"


@pytest.fixture(scope="module")
def fuzz_query() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_query", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_pieces_of_the_language_in_any_order(fuzz_query: ModuleType) -> None:
    found, tally = fuzz_query.faults(1_200, seed=1)
    assert found == []
    assert tally["understood"] > 200
    assert tally["refused"] > 200


@settings(max_examples=300)
@given(query=st.text(max_size=80))
def test_any_text(fuzz_query: ModuleType, query: str) -> None:
    assert fuzz_query.fault(query) is None
