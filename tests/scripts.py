"""The scripts of `resources/`, as modules."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@cache
def script(name: str) -> ModuleType:
    """Return the script `resources/NAME.py`."""
    spec = spec_from_file_location(name, RESOURCES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules.setdefault(name, module)  # dataclasses look there for the module they are defined in
    spec.loader.exec_module(module)
    return module
