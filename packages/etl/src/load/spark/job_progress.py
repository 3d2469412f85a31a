"""How far a job is, as lines on standard output that the caller may read."""

import json
import sys
import threading

# What begins a line that is meant for the caller, among those of Spark.
mark = "headwater-event "
poll_seconds = 1


def tell(event):
    """Writes one event."""
    sys.stdout.write(mark + json.dumps(event) + "\n")
    sys.stdout.flush()


class Progress:
    """Tells of the phases of a job, and within one of the share of its tasks that are done."""

    def __init__(self, context):
        self.tracker = context.statusTracker()
        self.phase = ("read", 0.0, 0.0)
        self.done = threading.Event()
        self.last = None
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def enter(self, phase, start, end):
        """A phase begins, which takes the job from the share `start` to `end`."""
        self.phase = (phase, start, end)
        tell({"event": "progress", "phase": phase, "fraction": start})

    def watch(self):
        while not self.done.wait(poll_seconds):
            try:
                stages = [self.tracker.getStageInfo(stage) for stage in self.tracker.getActiveStageIds()]
            except Exception:
                # The session is ending.
                return
            tasks = sum(stage.numTasks for stage in stages if stage)
            completed = sum(stage.numCompletedTasks for stage in stages if stage)
            if not tasks:
                continue
            phase, start, end = self.phase
            fraction = round(start + (end - start) * completed / tasks, 3)
            if (phase, fraction) != self.last:
                self.last = (phase, fraction)
                tell({"event": "progress", "phase": phase, "fraction": fraction})

    def stop(self):
        self.done.set()
