"""A value has the shape that its key wants.

Text, a list in brackets or with a hyphen on each line, or a mapping from keys to
values: where one stands for another, a program could only guess what was meant.

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
