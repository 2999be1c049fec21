"""YAML is indented with spaces; a tab indents nothing.

How wide a tab is depends on who looks at it, so YAML does not let it say what belongs
to what. In the example, ␉ is a tab.

Bad:

    # cities/yokohama.yaml
    name: Yokohama
    names:
    ␉ja: 横浜市

Good:

    # cities/yokohama.yaml
    name: Yokohama
    names:
      ja: 横浜市
"""
