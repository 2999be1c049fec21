"""A file can be opened and read."""
