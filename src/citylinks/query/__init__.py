"""Filters and names as people type them, and their SQL."""
