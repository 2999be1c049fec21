"""A key that is written has a value.

An empty value can mean that there is none, that nobody knows, or that somebody meant to
look it up. What is not known is left out.

Bad:

    # cities/lyon.yaml
    name: Lyon
    country:
    aliases: []

Good:

    # cities/lyon.yaml
    name: Lyon
"""
