"""Every key has a value.

An empty value can mean that there is none, that nobody knows it, or that somebody meant
to look it up. Leave out what is not known.

Bad:

    # cities/lyon.yaml
    name: Lyon
    country:
    aliases: []

Good:

    # cities/lyon.yaml
    name: Lyon
"""
