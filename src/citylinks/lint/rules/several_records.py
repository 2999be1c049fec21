"""A file that has the name of a record holds that record alone.

Who looks for Nice does not look into lyon.yaml. Many records may stand in one file if
it has a name of its own, or says with a `---` before the first that it is one for many;
so Luxembourg's cities may stand in luxembourg.yaml, and the city of that name among
them.

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
