"""A number is written in digits and within its range."""
