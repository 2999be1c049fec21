"""A file is UTF-8.

Names stand in their own scripts, and only one encoding lets everyone read them alike.
An editor that saves as Latin-1 or UTF-16 writes bytes that are other letters elsewhere,
or none.

Bad:

    cities/beziers.yaml is saved as Latin-1: its é is the one byte 0xE9.

Good:

    # cities/beziers.yaml
    name: Béziers
"""
