"""A comment that ignores a rule has an effect.

`# citylinks: ignore CL401` at the end of a line prevents a problem of that rule from
being reported there. The rule is given by code or name; a problem of a full record is
reported at its first line. Separate several rules by commas; what follows another `#`
is for people. A comment that ignores nothing would hide the next problem on that line,
and one without a rule would hide all of them.

Bad:
    # cities/lyon.yaml
    name: Lyon  # citylinks: ignore CL401
    country: FR  # citylinks: ignore
    sources: [lyon-page]

Good:
    # cities/lyon.yaml
    name: Lyon  # citylinks: ignore CL401  # told by the mayor's office, on the phone
    country: FR
"""
