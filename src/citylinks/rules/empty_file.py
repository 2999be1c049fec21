"""A file holds a record."""
