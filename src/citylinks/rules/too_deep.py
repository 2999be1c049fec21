"""Values are nested no deeper than a record can be."""
