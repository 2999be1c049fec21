"""A value has the shape that its key wants."""
