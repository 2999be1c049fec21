"""Readers of foreign bytes, and made-up bytes for them: `python -m fuzz.run TARGET`."""
