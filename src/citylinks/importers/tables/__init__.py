"""Tables with any columns: read, mapped to partnerships, and maps guessed for them."""
