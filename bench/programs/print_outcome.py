"""Prints what this process did and used, for `runContender`."""
import json
import resource
import sys


def print_outcome(rows: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    unit = 1 if sys.platform == "darwin" else 1024
    outcome = {"rows": rows, "peakBytes": used.ru_maxrss * unit, "cpuSeconds": used.ru_utime + used.ru_stime}
    print(json.dumps(outcome, separators=(",", ":")))
