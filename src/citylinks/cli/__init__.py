"""The door: the only room that meets the user. Commands stand here, one file each."""

from citylinks.cli.app import COMMANDS, main, run

__all__ = ["COMMANDS", "main", "run"]
