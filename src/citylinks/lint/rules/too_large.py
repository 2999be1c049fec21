"""A file, and a record, is of a size that a person can have written.

No file is larger than 16 MiB, which holds a hundred thousand records, no record has
more than 100,000 values, and of a file with more than 100,000 problems the rest is not
told: so that whatever lies in a data directory is read in bounded time and memory.

Bad:

    cities/world.yaml holds every city of the world, in 50 MiB.

Good:

    # cities/france.yaml
    ---
    id: lyon
    name: Lyon

    # cities/japan.yaml
    ---
    id: yokohama
    name: Yokohama
"""
