"""YAML is indented with spaces; a tab indents nothing."""
