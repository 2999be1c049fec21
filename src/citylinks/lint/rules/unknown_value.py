"""A field with a fixed list of values has one of these.

Values can be counted, filtered and compared only if they are spelled the same
everywhere.

Bad:

    # events/2009-lyon-yokohama-50-years.yaml
    title: Lyon and Yokohama celebrate fifty years
    date: 2009
    kind: jubilee

Good:

    # events/2009-lyon-yokohama-50-years.yaml
    title: Lyon and Yokohama celebrate fifty years
    date: 2009
    kind: commemoration
"""
