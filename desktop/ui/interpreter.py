"""How Python is set for a window: threads take turns often, and its collector of garbage leaves alone what stays.

* While a worker computes, the window's thread waits for its turn at every call into Qt: 5 ms each as Python comes.
  What takes 25 ms alone took 100 ms that way beside a letter being drawn, and takes 50 ms now.
* A full collection holds every thread. With all modules loaded it takes 100 ms and finds nothing in them, so what
  stands when the window first comes to rest is taken out of its sight.
"""

from __future__ import annotations

import gc
import sys

from desktop.ui.job_runner import JobRunner

TURN_S = 0.001


def set_for_a_window(jobs: JobRunner) -> None:
    """Set both; what is loaded counts as standing once the first work is done."""
    sys.setswitchinterval(TURN_S)

    def at_rest(busy: bool) -> None:
        if not busy:
            jobs.busy_changed.disconnect(at_rest)
            gc.freeze()

    jobs.busy_changed.connect(at_rest)
