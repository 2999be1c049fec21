"""A file is YAML.

What stands after the place of the problem cannot be read, and the records that it
spoils are missing from every answer. The usual cause is a text that holds `: ` or ` #`,
or begins with a quotation mark or a bracket: put it in quotes, or under a line that
ends in `|`.

Bad:

    # cities/lyon.yaml
    name: Lyon
    summary: The slogan: only Lyon.

Good:

    # cities/lyon.yaml
    name: Lyon
    summary: "The slogan: only Lyon."
"""
