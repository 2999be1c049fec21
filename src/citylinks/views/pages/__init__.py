"""Pages: one module for each answer, as blocks that every layout understands."""
