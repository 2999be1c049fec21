"""An identifier has the form that its authority gives.

A Wikidata item is a Q and a number, a GeoNames id a number, a language a BCP 47 tag
such as `ja` or `zh-Hant`, and a subdivision an ISO 3166-2 code such as `JP-14`. A web
address begins with https:// and names a host. Anything else cannot be looked up.

Bad:

    # cities/lyon.yaml
    name: Lyon
    wikidata: https://www.wikidata.org/wiki/Q456
    website: www.lyon.fr

Good:

    # cities/lyon.yaml
    name: Lyon
    wikidata: Q456
    website: https://www.lyon.fr
"""
