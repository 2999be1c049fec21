"""A file can be opened and read.

A file whose name ends in .yaml should hold records. If it is a folder, a pipe or a
device, or if it may not be read, its records are missing from every answer.

Bad:

    cities/lyon.yaml is a folder, or only another user may read it.

Good:

    # cities/lyon.yaml
    name: Lyon
"""
