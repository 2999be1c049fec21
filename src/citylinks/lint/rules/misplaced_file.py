"""A data directory holds .yaml files where records belong.

What has another suffix, stands in another folder or lies deeper is not read, and its
author would wonder where it went. Beside the folders of records stand the three
vocabularies, each in one file or in several that are numbered, as sources.yaml and
sources-2.yaml; files of other kinds, as a README.md, may stand there too.

Bad:

    # cities/lyon.yml
    name: Lyon

    # city/nice.yaml
    name: Nice

    # cities/france/paris.yaml
    name: Paris

    # theme.yaml
    culture: {label: Culture}

Good:

    # cities/lyon.yaml
    name: Lyon

    # cities/nice.yaml
    name: Nice

    # cities/paris.yaml
    name: Paris

    # themes.yaml
    culture: {label: Culture}
"""
