"""An id is lower-case ASCII words joined by hyphens.

An id is a file name on every system, can be typed on every keyboard, is part of links,
and never changes. The proper spelling of a city goes into its `name` and `names`.

Bad:

    # cities/São_Paulo.yaml
    name: São Paulo

Good:

    # cities/sao-paulo.yaml
    name: São Paulo
"""
