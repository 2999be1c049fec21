"""Run as `python -m citylinks`."""

from citylinks.cli import run

if __name__ == "__main__":
    run()
