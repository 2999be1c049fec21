"""A value has the type that its key expects.

A value is text, a list in brackets or with a hyphen on each line, or a mapping from
keys to values. If it is of the wrong type, a program could only guess what was meant.

Bad:

    # cities/lyon.yaml
    name: [Lyon]
    location: 45.76, 4.84
    sources: page

Good:

    # cities/lyon.yaml
    name: Lyon
    location: {latitude: 45.76, longitude: 4.84}
    sources: [page]
"""
