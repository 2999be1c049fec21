"""A data directory holds .yaml files where records belong."""
