"""A file named after a record holds only that record.

Nobody who looks for Nice looks into lyon.yaml. Several records may share a file if it
has a name of its own, or begins with `---`. So the cities of Luxembourg may be in
luxembourg.yaml, with the city of that name among them.

Bad:

    # cities/lyon.yaml
    id: lyon
    name: Lyon
    ---
    id: nice
    name: Nice

Good:

    # cities/lyon.yaml
    name: Lyon

    # cities/nice.yaml
    name: Nice
"""
