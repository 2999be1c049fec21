"""An id is lower-case ASCII words joined by hyphens.

It is a file's name on every system, a word that can be typed on every keyboard, and a
part of links; and it stays for ever. How a city is really spelled its `name` and
`names` say.

Bad:

    # cities/São_Paulo.yaml
    name: São Paulo

Good:

    # cities/sao-paulo.yaml
    name: São Paulo
"""
