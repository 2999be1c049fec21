"""A file, and a record, is of a size that a person can have written.

No file is larger than 16 MiB, no record has more than 100,000 values, and of a file with more
than 100,000 problems the rest is not told: so that whatever lies in a data directory is read in
bounded time and memory. Large collections go into several files.
"""
