"""The window: everything that needs Qt, and nothing else in the program does."""

import builtins

import PySide6.QtCore  # noqa: F401

# PySide6 replaces `__import__` by a function of its own, which reads the source of every module that is imported from
# then on, to see whether it asks for `__feature__`. Nobody here does, and it costs an eighth of the time of the start
# and the memory of all those sources (`linecache`). So Python's own is put back.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
