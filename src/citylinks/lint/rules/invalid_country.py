"""A country is an ISO 3166-1 alpha-2 code.

Countries are called by many names, and by one code of two capitals: `FR`, `JP`, `GB`.
From it follows the region of the world.

Bad:

    # cities/lyon.yaml
    name: Lyon
    country: France

Good:

    # cities/lyon.yaml
    name: Lyon
    country: FR
"""
