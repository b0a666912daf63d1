"""The window: everything that needs Qt, and nothing else in the program does."""
