"""A key that is written has a value."""
