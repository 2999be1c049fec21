"""A record has only keys that the model knows.

A key that was mistyped would be passed over, and what it says would be missing without
anybody noticing.

Bad:

    # cities/lyon.yaml
    name: Lyon
    contry: FR

Good:

    # cities/lyon.yaml
    name: Lyon
    country: FR
"""
