"""What was imported, as records, files of a data directory and a report."""
