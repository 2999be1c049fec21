"""In a file with several records, each record has its own id.

A file with one record takes its name as the id. In a file with several, each needs an
id of its own.

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
