"""A file begins with text, not with a byte-order mark.

UTF-8 does not need the mark. It is invisible, and most programs take it for a part of
the first key. Some editors call such a file "UTF-8 with BOM" or "with signature".

Bad:

    cities/lyon.yaml is saved as "UTF-8 with BOM".

Good:

    # cities/lyon.yaml
    name: Lyon
"""
