"""Start the program: the window, or a command. Knows only where that is decided."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program with the arguments of this process; ends it with the exit status."""
    from readinglist.cli.program import program

    program.main(sys.argv[1:], prog_name="readinglist")


if __name__ == "__main__":
    main()
