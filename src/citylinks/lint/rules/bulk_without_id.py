"""In a file of many records each carries its id.

The file's name is the id of the one record in it; among several it cannot be that of
each.

Bad:

    # cities/france.yaml
    ---
    id: lyon
    name: Lyon
    ---
    name: Nice

Good:

    # cities/france.yaml
    ---
    id: lyon
    name: Lyon
    ---
    id: nice
    name: Nice
"""
