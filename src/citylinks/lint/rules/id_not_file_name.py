"""The id of a one-record file is the file's name.

So that a record is found by its id, in the folder as in a link. The id need not be
written at all. A file that begins with `---` is one for many records, even if it holds
one so far, and has a name of its own.

Bad:

    # cities/lyon.yaml
    id: lyons
    name: Lyon

Good:

    # cities/lyon.yaml
    name: Lyon
"""
