"""Which rows of a source are one city and one partnership, and what ids they get."""
