"""No damage to a file raises, hangs, or makes a paper that nobody could keep."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_SCRIPT = Path(__file__).resolve().parents[1] / "faults" / "fuzz_formats.py"


@pytest.fixture(scope="module")
def fuzz_formats() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_formats", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_damaged_files_are_read_or_told_of(fuzz_formats: ModuleType) -> None:
    found, tally = fuzz_formats.faults(250, seed=1)
    assert found == []
    assert tally["read"] > 50
    assert tally["isolated"] > 20
