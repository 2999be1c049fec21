"""Values are not nested too deeply.

No record needs more than a few levels. A text with thousands of brackets is a mistake
or an attack on the program that reads it, and is refused at once.

Bad:

    # cities/lyon.yaml
    name: Lyon
    summary: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[Lyon]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

Good:

    # cities/lyon.yaml
    name: Lyon
    summary: On the Rhône and the Saône.
"""
