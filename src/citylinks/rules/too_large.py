"""A file is of a size that a person can have written.

The bound, 16 MiB, holds a hundred thousand records. What is larger is no file of records, or one
that no editor opens gladly and no review reads.

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
