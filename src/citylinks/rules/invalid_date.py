"""A date is EDTF, level 0 or 1, or [a..b]."""
