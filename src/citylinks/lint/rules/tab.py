"""YAML is indented with spaces, not with tabs.

The width of a tab differs from one program to the next, so YAML does not accept it as
indentation. In the example, ␉ is a tab.

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
