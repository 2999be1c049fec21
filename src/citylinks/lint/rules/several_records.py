"""A file named after a record holds only that record.

Nobody who looks for Nice looks into lyon.yaml. Several records may share a file if the
file has a different name, or begins with `---`: the cities of Luxembourg may be in
luxembourg.yaml, including the city of that name.

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
