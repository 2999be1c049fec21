"""A file holds a record.

An empty file uses up an id and states nothing. It is often left behind when an editor
is interrupted.

Bad:

    # cities/lyon.yaml
    # To be written.

Good:

    # cities/lyon.yaml
    name: Lyon
"""
