"""Command lines as people type them at first, read as those that are meant."""
