"""Random edits, imports, undos, backups put back, lost indexes and searches against a plain model of what must be.

    python tests/faults/machine.py [COUNT] [SEED]

Runs COUNT examples of `tests/library/test_machine.py`, of up to 30 steps each: after every step the library is what the
model says, and every search finds what the model says. Prints the shortest row of steps that goes wrong; the exit
status is 1 then.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import hypothesis
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults import work


def main() -> int:
    """Run so many examples; return the exit status."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    work.in_own_home()
    from tests.library.test_machine import LibraryMachine

    LibraryMachine.examples = 0
    chosen = settings(
        max_examples=count,
        stateful_step_count=30,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(hypothesis.seed(seed)(LibraryMachine), settings=chosen)
    except Exception:  # noqa: BLE001  (whatever went wrong)
        traceback.print_exc()
        print("1 wrong")
        return 1
    print(
        f"{LibraryMachine.examples} examples, {LibraryMachine.steps} steps, {LibraryMachine.searches} searches, 0 wrong"
    )
    return 0


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main())
