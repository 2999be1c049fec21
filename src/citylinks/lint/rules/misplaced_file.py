"""A data directory holds .yaml files in the right folders.

A file with another suffix, in another folder or in a subfolder is not read, and its
author would not know why. Beside the folders of records there are three vocabularies,
each in one file or in several numbered files such as sources.yaml and sources-2.yaml.
Files of other kinds, such as a README.md, may be there too.

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
