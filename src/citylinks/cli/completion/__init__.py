"""Completion: what Tab offers, and the scripts that ask for it."""
