"""A record has only known keys.

A mistyped key would be ignored, and nobody would notice that its value is missing.

Bad:

    # cities/lyon.yaml
    name: Lyon
    contry: FR

Good:

    # cities/lyon.yaml
    name: Lyon
    country: FR
"""
