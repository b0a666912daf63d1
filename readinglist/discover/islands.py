"""Draw clusters as discs beside each other, and papers on them. Knows places and clusters, not what they are of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_ROUNDS = 400
_APART = 1.12
"""How far the middles of two discs that touch are apart, in the sum of their radii."""

_NEIGHBOURS = 4
_INSIDE = 0.94


def discs(middles: Floats, sizes: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the middle (x, y) and the radius of a disc for each cluster, none over another; all within about 1.

    `middles` are unit vectors; those that are alike lie side by side. `sizes` count the papers.
    """
    count = len(middles)
    radius = np.sqrt(np.maximum(sizes, 1) / np.pi)
    if not count:
        return np.zeros((0, 2)), radius
    alike = (middles @ middles.T).astype(np.float64)
    np.fill_diagonal(alike, -1.0)
    place = _in_two_dimensions(alike) * radius.sum() * 0.5
    least = np.sort(alike, axis=1)[:, -min(_NEIGHBOURS, count)][:, None]
    pull = np.where((alike >= least) | (alike >= least.T), np.maximum(alike, 0.05), 0.0)
    touching = (radius[:, None] + radius[None, :]) * _APART
    for round_ in range(_ROUNDS):
        away = place[:, None, :] - place[None, :, :]
        distance = np.sqrt((away**2).sum(axis=2)) + 1e-9
        np.fill_diagonal(distance, np.inf)
        gap = distance - touching
        force = np.where(gap < 0, -0.5 * gap, 0.0)  # discs that overlap move apart, half the way each
        if round_ < _ROUNDS * 3 // 4:
            force -= 0.04 * pull * np.where(np.isfinite(gap), np.maximum(gap, 0.0), 0.0)
            place -= place.mean(axis=0)
            place *= 0.998  # what nothing pulls does not drift away
        place = place + (away / distance[:, :, None] * force[:, :, None]).sum(axis=1)
    low, high = (place - radius[:, None]).min(axis=0), (place + radius[:, None]).max(axis=0)
    scale = 2.0 / max(high - low)
    return (place - (low + high) / 2) * scale, radius * scale


def _in_two_dimensions(alike: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places whose distances say as well as can be how unlike things are (classical scaling, Torgerson 1952)."""
    count = len(alike)
    unlike = 1.0 - alike
    np.fill_diagonal(unlike, 0.0)
    centre = np.eye(count) - 1.0 / count
    values, vectors = np.linalg.eigh(-0.5 * centre @ unlike**2 @ centre)
    size = min(2, count)
    best = vectors[:, -size:][:, ::-1]
    best = best * np.where(best[np.abs(best).argmax(axis=0), np.arange(size)] < 0, -1.0, 1.0)  # an axis has two ends
    place = np.zeros((count, 2))
    place[:, :size] = best * np.sqrt(np.maximum(values[-size:][::-1], 0.0))
    # Two in one place could not be moved apart.
    return place + np.random.default_rng(3).normal(0, 1e-3, place.shape)


def on_discs(
    places: Floats,
    island: NDArray[np.int32],
    middles: Floats,
    at: NDArray[np.float64],
    radius: NDArray[np.float64],
    step: Callable[[], None],
) -> tuple[Floats, Floats]:
    """Return where each paper stands: those most like the middle of their cluster in the middle of its disc.

    Which way from there is told by the two directions in which the cluster's papers differ most.
    """
    x, y = np.zeros(len(places), np.float32), np.zeros(len(places), np.float32)
    for number in range(len(middles)):
        step()
        members = np.flatnonzero(island == number)
        if not len(members):
            continue
        own = places[members]
        near = own @ middles[number]
        rest = own - near[:, None] * middles[number]
        _, vectors = np.linalg.eigh((rest.T @ rest).astype(np.float64))
        across = rest @ vectors[:, -2:].astype(np.float32) if vectors.shape[1] > 1 else np.zeros((len(members), 2))
        angle = _ranks(np.arctan2(across[:, -1], across[:, 0])) * 2 * np.pi
        out = np.sqrt(_ranks(-near)) * radius[number] * _INSIDE
        x[members] = at[number, 0] + out * np.cos(angle)
        y[members] = at[number, 1] + out * np.sin(angle)
    return x, y


def _ranks(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the rank of each value, from just above 0 to just below 1."""
    ranks = np.empty(len(values))
    ranks[np.argsort(values, kind="stable")] = np.arange(len(values))
    return (ranks + 0.5) / len(values)
