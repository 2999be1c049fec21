"""A record has the keys that it must have."""
