"""YAML on disk: found, read with positions, and written."""
