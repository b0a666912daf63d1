"""Draw how the time of queries grows with the number of papers. Needs matplotlib."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

_COLUMNS = 4


def draw_growth(results: Mapping[int, Mapping[str, Any]], path: Path) -> None:
    """Draw one small picture a class: p95 in ms over the number of papers, a line for each engine, both logarithmic."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    kinds = list(dict.fromkeys(k for each in results.values() for one in each.values() for k in one.get("classes", ())))
    names = list(dict.fromkeys(name for each in results.values() for name in each))
    rows = -(-(len(kinds) + 1) // _COLUMNS)
    figure, axes = plt.subplots(rows, _COLUMNS, figsize=(3.4 * _COLUMNS, 2.8 * rows), squeeze=False, sharex=True)
    for place, axis in zip([*kinds, None, *[None] * (rows * _COLUMNS)], axes.flat, strict=False):
        if place is None:
            axis.axis("off")
            continue
        for colour, name in enumerate(names):
            points = [
                (size, 1e3 * sorted(times)[round(0.95 * (len(times) - 1))])
                for size, each in sorted(results.items())
                if (times := each.get(name, {}).get("classes", {}).get(place, {}).get("times_s"))
            ]
            if points:
                axis.plot(*zip(*points, strict=True), f"C{colour}o-", markersize=3, label=name)
        axis.set(xscale="log", yscale="log", title=place)
        axis.grid(alpha=0.3)
    for row in axes:
        row[0].set_ylabel("p95, ms")
    handles, labels = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower right", frameon=False)
    figure.suptitle("Time of a search over the number of papers")
    figure.tight_layout()
    figure.savefig(path, dpi=130)
