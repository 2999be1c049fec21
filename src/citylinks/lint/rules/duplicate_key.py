"""A key appears only once in a mapping.

Programs disagree on which of the two counts, and most drop the other without saying so.

Bad:

    # cities/yokohama.yaml
    name: Yokohama
    country: JP
    name: 横浜市

Good:

    # cities/yokohama.yaml
    name: Yokohama
    names: {ja: 横浜市}
    country: JP
"""
