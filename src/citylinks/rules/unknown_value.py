"""A value of a closed list is one of that list."""
