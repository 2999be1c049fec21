"""A file and a record are not too large.

A file may have up to 16 MiB, which is enough for a hundred thousand records, and a
record up to 100,000 values. For each file, at most 100,000 problems are reported. These
limits keep the time and memory for reading within bounds, whatever a data directory
contains.

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
