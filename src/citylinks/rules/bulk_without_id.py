"""In a file of many records each carries its id."""
