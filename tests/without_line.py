"""`exposure` whose server takes everybody in, as gunicorn does by itself: a bug to plant."""

import sys

from exposure import server
from exposure.cli import main
from exposure.slowness import PatientWorker


class NoLine(PatientWorker):
    """Has the name our start knows, and nothing else."""


assert issubclass(server.OrderlyWorker, PatientWorker), "the line stands elsewhere now"
server.OrderlyWorker = NoLine  # type: ignore[misc]

if __name__ == "__main__":
    sys.exit(main())
