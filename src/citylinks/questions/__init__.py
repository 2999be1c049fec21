"""Questions: one module for each, from what is asked to its answer."""
