"""What citylinks costs, measured: `python -m benchmarks` prints the table of its
budgets.
"""
