"""A file and a record have a size that a person can have written.

A file may have up to 16 MiB, which is enough for a hundred thousand records, and a
record up to 100,000 values. Of a file with more than 100,000 problems, the rest is not
reported. These limits keep the time and memory of reading within bounds, whatever is in
a data directory.

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
