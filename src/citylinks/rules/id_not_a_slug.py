"""An id is lower-case ASCII words joined by hyphens."""
