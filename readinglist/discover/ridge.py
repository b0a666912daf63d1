"""Fit a linear model: ridge regression by conjugate gradients. Knows nothing of papers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from readinglist.discover.vectors import Rows

Floats = NDArray[np.float64]

_ENOUGH = 1e-4
"""The steps end when the square of the gradient has fallen to such a share."""


def fit_ridge(
    rows: Rows, targets: Floats, importance: Floats, penalty: float, *, steps: int = 30
) -> tuple[Floats, float]:
    """Return the weights of `rows.features`, and the constant, that come closest to the targets.

    They minimise the sum of `importance * (target - constant - weights · row)²` plus `penalty * |weights|²`; the
    constant costs nothing. (Hestenes and Stiefel 1952. Few steps regularise too: it need not be carried to the end.)
    """
    weights, constant = np.zeros(len(rows.features)), 0.0
    shares = importance * targets
    rest, rest_of_constant = rows.combined(shares), float(shares.sum())
    step, step_of_constant = rest.copy(), rest_of_constant
    size = first = float(rest @ rest) + rest_of_constant**2
    for _ in range(steps):
        if size <= _ENOUGH * first:
            break
        pushed = importance * (rows.times(step) + step_of_constant)
        curved, curved_of_constant = rows.combined(pushed) + penalty * step, float(pushed.sum())
        far = size / (float(step @ curved) + step_of_constant * curved_of_constant)
        weights += far * step
        constant += far * step_of_constant
        rest -= far * curved
        rest_of_constant -= far * curved_of_constant
        before, size = size, float(rest @ rest) + rest_of_constant**2
        step = rest + size / before * step
        step_of_constant = rest_of_constant + size / before * step_of_constant
    return weights, constant
