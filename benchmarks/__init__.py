"""Measures of what citylinks costs; `python -m benchmarks` prints the budgets."""
