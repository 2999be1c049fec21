"""A number is written in digits and within its range.

Latitudes are from -90 to 90 and longitudes from -180 to 180, in decimal degrees; south
and west are negative. The UN goals are 1 to 17. Other numbers are counts: whole
numbers, without separators and without "about".

Bad:

    # cities/yokohama.yaml
    name: Yokohama
    location: {latitude: 139.64, longitude: 35.44}
    counts:
      - {of: inhabitants, value: "3,777,491"}

Good:

    # cities/yokohama.yaml
    name: Yokohama
    location: {latitude: 35.44, longitude: 139.64}
    counts:
      - {of: inhabitants, value: 3777491}
"""
