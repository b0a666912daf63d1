"""Formats: papers out of foreign bytes and back into them, one module a format and one table of them.

Knows nothing of a library. Whatever is wrong with an input becomes a `Problem`; only an input that cannot be
read at all raises `ReadingListError`.
"""
