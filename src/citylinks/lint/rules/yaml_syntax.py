"""A file is valid YAML.

Nothing after the problem can be read, and the records affected are missing from every
answer. The usual cause is a text that contains `: ` or ` #`, or that begins with a
quotation mark or a bracket: put it in quotes, or under a line that ends in `|`.

Bad:

    # cities/lyon.yaml
    name: Lyon
    summary: The slogan: only Lyon.

Good:

    # cities/lyon.yaml
    name: Lyon
    summary: "The slogan: only Lyon."
"""
