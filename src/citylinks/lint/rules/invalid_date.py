"""A date is EDTF, level 0 or 1, or [a..b].

The Extended Date/Time Format (ISO 8601-2) says what is known and how well: `2012-09` if
the day is not known, `1860~` for about 1860, `1984?` if the date is in doubt,
`2011/2017` for what lasted, `2011/..` for what goes on, and `"[2019-04..2020-03]"` for
what happened once in that time, in quotes since brackets mean a list in YAML.

Bad:

    # events/2009-visit.yaml
    title: A delegation of Lyon visits Yokohama
    date: 14 July 2009
    kind: visit

Good:

    # events/2009-visit.yaml
    title: A delegation of Lyon visits Yokohama
    date: 2009-07-14
    kind: visit
"""
