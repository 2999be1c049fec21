"""The id of a one-record file is the file's name.

That way a record can be found by its id, in the folder and in a link. The id need not
be written at all. A file that begins with `---` is meant for several records, even if
it has only one so far, and its name can be anything.

Bad:

    # cities/lyon.yaml
    id: lyons
    name: Lyon

Good:

    # cities/lyon.yaml
    name: Lyon
"""
