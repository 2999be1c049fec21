"""A record has only known keys.

A mistyped key would be ignored, and its value would be missing without anybody
noticing.

Bad:

    # cities/lyon.yaml
    name: Lyon
    contry: FR

Good:

    # cities/lyon.yaml
    name: Lyon
    country: FR
"""
