"""Foreign files: opened, unpacked, decoded, and read as rows or as JSON values."""
