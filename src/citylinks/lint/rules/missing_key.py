"""A record has the keys that it must have.

They are few: without them there is nothing to call it by, to put in a timeline or to
link. All else is left out where no source says it.

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
