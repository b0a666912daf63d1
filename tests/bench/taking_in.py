"""How long a large file takes until its papers are listed, and until all of them are searchable.

    python tests/bench/taking_in.py FILE

Prints seconds, the size on disk and the peak memory of this process and of its child. The library is a temporary one.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path


def main(file: Path) -> None:
    """Measure one import in an empty library."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CACHE_HOME"] = f"{home}/cache"
        os.environ["XDG_CONFIG_HOME"] = f"{home}/config"
        from readinglist.library import Library

        with Library.open(Path(home) / "library") as library:
            started = time.perf_counter()
            report = library.import_([file])
            listed = library.search("", limit=50)
            at_list = time.perf_counter() - started
            taken = library.update_index()
            at_index = time.perf_counter() - started
            found = library.search("positional bias", limit=50)
        sizes = {name: _size(Path(home) / name) for name in ("library", "cache")}
    own, child = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"read {report.read:,}: {report.added:,} added, {report.updated} updated,", end=" ")
    print(f"{report.unchanged} unchanged, {report.failed} failed")
    print(f"listed      {at_list:7.1f} s   ({listed.total:,} papers)")
    print(f"searchable  {at_index:7.1f} s   ({taken:,} indexed, {found.total} for “positional bias”)")
    print(f"on disk     {sizes['library'] / 1e6:7.1f} MB library, {sizes['cache'] / 1e6:.1f} MB index")
    print(f"peak memory {own:7,} MB this process, {child:,} MB its child that reads the file")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
