"""Strings: safe for a terminal, folded for comparison, suggestions and highlights."""
