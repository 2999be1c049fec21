"""Countries and regions: one table, and what reads it."""
