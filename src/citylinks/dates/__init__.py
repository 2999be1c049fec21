"""EDTF dates: parse, bounds, comparison, words, and dates as people type them."""

from citylinks.dates.edtf import *  # noqa: F403
from citylinks.dates.edtf import __all__ as __all__
