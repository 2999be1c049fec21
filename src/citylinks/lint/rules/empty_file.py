"""A file holds a record.

An empty file claims an id for which there is nothing to say. It is often what remains
of an editor that was interrupted.

Bad:

    # cities/lyon.yaml
    # To be written.

Good:

    # cities/lyon.yaml
    name: Lyon
"""
