"""A file is UTF-8.

Names are written in their own scripts and must look the same to everyone, so all files
use one encoding. An editor that saves as Latin-1 or UTF-16 writes bytes that mean other
letters elsewhere, or none.

Bad:

    cities/beziers.yaml is saved as Latin-1: its é is the one byte 0xE9.

Good:

    # cities/beziers.yaml
    name: Béziers
"""
