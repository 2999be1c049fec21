"""The names of two files in one folder differ in more than case.

On macOS and Windows they are the same file: whoever clones the data there gets only one
of the two, and may commit the loss of the other.

Bad:

    # cities/France.yaml
    ---
    id: lyon
    name: Lyon

    # cities/france.yaml
    ---
    id: nice
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
