"""A country is an ISO 3166-1 alpha-2 code.

A country has many names, but only one code of two capital letters: `FR`, `JP`, `GB`.
The region of the world follows from it.

Bad:

    # cities/lyon.yaml
    name: Lyon
    country: France

Good:

    # cities/lyon.yaml
    name: Lyon
    country: FR
"""
