"""`make bench`: run all benchmarks, or those named on the command line."""

from __future__ import annotations

import sys

from benchmarks import cookbook, copies, extract, ingest, ledger, polling

BENCHMARKS = {
    "cookbook": cookbook.main,
    "copies": copies.main,
    "extract": extract.main,
    "ingest": ingest.main,
    "ledger": ledger.main,
    "polling": polling.main,
}

for name in sys.argv[1:] or BENCHMARKS:
    BENCHMARKS[name]()
