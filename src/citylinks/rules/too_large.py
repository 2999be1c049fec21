"""A file is of a size that a person can have written."""
