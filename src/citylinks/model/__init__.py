"""The records as pydantic models, their vocabulary, and what their fields are for."""
