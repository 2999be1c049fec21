"""A file is UTF-8."""
