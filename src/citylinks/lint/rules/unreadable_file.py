"""A file can be opened and read.

A name that ends in .yaml promises records. Where a folder, a pipe or a device has that
name, or the file may not be read, what it should hold is missing from every answer.

Bad:

    cities/lyon.yaml is a folder, or only another user may read it.

Good:

    # cities/lyon.yaml
    name: Lyon
"""
