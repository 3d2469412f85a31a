"""A run of a process on this machine, which reads the lake's state, and commits what the job wrote."""

import os
import sys
import threading

import job_progress
from job_session import stop_java

# The caller answers each request with a line.
answers = threading.Semaphore(0)


class LocalRun:
    """A run whose caller read the lake's state and commits."""

    def __init__(self, plan):
        local = plan["local"]
        self.id = local["runId"]
        self.started_at = local["startedAt"]
        self.known = set(local["known"])
        self.files = local["files"]
        self.scratch = local["scratch"]

    def fetch(self, files):
        """Asks the caller for the files that are not on this machine, and waits until they are."""
        paths = [file["path"] for file in files if not os.path.exists(file["at"])]
        if paths:
            job_progress.tell({"event": "fetch", "paths": paths})
            answers.acquire()
        return files


def watch_caller():
    """Ends the job, Spark included, when the process that started it is gone: its end of standard input closes."""

    def watch():
        for _ in sys.stdin:
            answers.release()
        stop_java()
        os._exit(130)

    threading.Thread(target=watch, daemon=True).start()
