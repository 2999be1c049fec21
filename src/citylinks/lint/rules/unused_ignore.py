"""A comment that ignores a rule ignores something.

`# citylinks: ignore CL401` at the end of a line keeps the problems of that rule, by its
code or its name, from being reported there; a problem of a whole record stands at its
first line. Several rules are parted by commas, and what follows another `#` is for
people. One that ignores nothing would hide the next problem that comes to stand there,
and one without a rule would hide them all.

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
