"""A file begins with text, not with a byte-order mark."""
