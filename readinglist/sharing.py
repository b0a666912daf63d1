"""Files that several processes read and replace: what Windows refuses while another one just has them open.

There a file can be neither replaced nor opened for as long as somebody reads, replaces or scans it for viruses; that is
over in milliseconds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_WAIT_SECONDS = 0.01


def patiently(do: Callable[[], T], *, patient: bool = os.name == "nt", seconds: float = 1.0) -> T:
    """Return what `do` returns, trying again for `seconds` where it is refused; elsewhere than on Windows at once.

    Raises what `do` raises, a PermissionError when it was refused to the end.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return do()
        except PermissionError:
            if not patient or time.monotonic() > deadline:
                raise
        time.sleep(_WAIT_SECONDS)
