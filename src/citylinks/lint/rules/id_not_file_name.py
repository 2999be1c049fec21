"""In a file with one record, the id is the file name.

In this way, a record can be found by its id, in the folder and in a link. There is no
need to write the id. A file that begins with `---` is meant for several records, even
if it has only one so far, and its name can be anything.

Bad:

    # cities/lyon.yaml
    id: lyons
    name: Lyon

Good:

    # cities/lyon.yaml
    name: Lyon
"""
