"""The command line. Does what the window does without importing Qt; imports the window only to start it.

`program` is the group of commands, `outcome` makes the exit statuses; each module with commands says which. A
command imports the library when it runs, not before, so that `--help` and a wrong call answer at once.
"""
