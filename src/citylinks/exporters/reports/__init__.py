"""The formats that only a report of problems has, one module each."""
