"""The library on disk: one SQLite database in a folder. Knows nothing of the index, the window or the command line."""
