"""Entities of Wikidata and results of its query service."""
