"""Records use no anchors, aliases, tags or complex keys.

A record reads as plain text, whole at its place: nobody has to look elsewhere for what
`*tokyo` stands for, and a few lines cannot unfold into gigabytes. A text that begins
with `&`, `*` or `!` is put in quotes.

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
