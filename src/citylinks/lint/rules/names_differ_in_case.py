"""The names of two files in one folder differ in more than case.

On macOS and Windows, such names mean the same file: anyone who clones the data there
gets only one of the two, and may delete the other with the next commit.

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
