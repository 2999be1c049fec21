"""A file holds a record.

An empty file takes an id and says nothing. It is often left behind by an editor that
was interrupted.

Bad:

    # cities/lyon.yaml
    # To be written.

Good:

    # cities/lyon.yaml
    name: Lyon
"""
