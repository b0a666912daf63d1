"""Start the program: the window, or a command. Knows only where that is decided."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the program with the arguments of this process; ends it with the exit status."""
    try:
        from readinglist.cli.program import program
    except KeyboardInterrupt:  # before there is anybody who could say it: importing takes a tenth of a second
        sys.stderr.write("\nreadinglist: stopped.\n")
        sys.exit(130)
    program.main(sys.argv[1:], prog_name="readinglist")


if __name__ == "__main__":
    main()
