"""A key stands once in its mapping."""
