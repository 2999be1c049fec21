"""A text is not cut short by a comment.

In YAML, a space and `#` begin a comment, and what follows is not part of the text
unless the text is in quotes. A comment beside a title, a name, a summary or another
text is reported if it looks like part of that text: if a letter, a digit, a quote or a
bracket directly follows the `#`, as in `#50`, or if a digit follows it after a single
space, as in `# 50`. Other comments are accepted.

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
