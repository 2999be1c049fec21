"""A record has all required keys.

There are only a few. Without them, the record cannot be named, placed in a timeline or
linked. Leave out everything else that no source states.

Bad:

    # partnerships/lyon-yokohama.yaml
    members: [lyon, yokohama]
    start: 1959-04-07

Good:

    # partnerships/lyon-yokohama.yaml
    kind: sister-city
    members: [lyon, yokohama]
    start: 1959-04-07
"""
