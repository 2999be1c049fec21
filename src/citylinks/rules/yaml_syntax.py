"""A file is YAML."""
