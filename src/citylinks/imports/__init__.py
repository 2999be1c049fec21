"""Bulk data of others -> a data directory: one adapter for each form, and what they share."""
