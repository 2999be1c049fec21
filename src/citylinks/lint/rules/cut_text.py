"""A text is not cut by a comment.

In YAML a space and `#` begin a comment, and what follows is no part of the text unless
the whole stands in quotes. A comment beside a title, a name, a summary or another text
in words is reported where it looks like part of that: where a letter, a digit, a quote
or a bracket follows the `#` directly, `#50`, or where a digit follows `# ` after a
single space, `# 50`. Other comments pass.

Bad:

    # events/2009-visit.yaml
    title: Meeting #50: years of friendship
    date: 2009
    kind: visit

Good:

    # events/2009-visit.yaml
    title: "Meeting #50: years of friendship"
    date: 2009
    kind: visit  # the only one in that year
"""
