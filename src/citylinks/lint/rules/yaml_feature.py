"""Records use no anchors, aliases, tags or complex keys.

A record can be read as plain text: nobody has to look up what `*tokyo` stands for, and
a few lines cannot expand to gigabytes. Put a text that begins with `&`, `*` or `!` in
quotes.

Bad:

    # cities/lyon.yaml
    name: &name Lyon
    names:
      fr: *name

Good:

    # cities/lyon.yaml
    name: Lyon
    names:
      fr: Lyon
"""
