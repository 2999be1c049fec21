"""A value of a closed list is one of that list.

Only what has the same name everywhere can be counted, filtered and compared.

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
