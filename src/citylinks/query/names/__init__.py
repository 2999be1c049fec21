"""Names as people type them -> the records that bear them."""
