"""A record has only keys that the model knows."""
