"""The SQLite cache: tables, refresh, rows, workers, and the Store that guards it."""
