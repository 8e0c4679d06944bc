"""`exposure` whose server takes everybody in, as gunicorn does by itself: a bug to plant."""

import sys

from exposure import serve
from exposure.cli import main
from exposure.slowness import PatientWorker


class NoLine(PatientWorker):
    """Has the name our start knows, and nothing else."""


serve.OrderlyWorker = NoLine

if __name__ == "__main__":
    sys.exit(main())
