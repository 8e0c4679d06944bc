"""Servers that a test can break and mend."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from werkzeug.serving import make_server

from tests.browser.common import ROOT, free_port, wait_port
from tests.browser.fresh import fresh_house
from tests.canaries import RUN
from tests.forked import Forked


class Group(subprocess.Popen):
    """A process that ends with its children."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named, start_new_session=True)

    def kill(self):
        os.killpg(self.pid, signal.SIGKILL)


class LiveServer:
    """The real web server in its own process, with a database of its own. stop() is the most honest 'offline' there is,
    as when the power goes; start() brings it back on the same port with the same data."""

    root = ROOT  # where the app lies; a test of a deploy serves a copy

    def __init__(self, **env):
        self.port, self.process = free_port(), None
        self.url = f"http://localhost:{self.port}"
        self.data = Path(tempfile.mkdtemp(prefix="ippo-live"))
        self.env = {**os.environ, "IPPO_DATA": str(self.data), "IPPO_URL": self.url, "IPPO_THREADS": "64", **env}
        self.env.pop("DATABASE_URL", None)
        shutil.copytree(fresh_house(), self.data, dirs_exist_ok=True)

    def start(self):
        web = ["web", "--host", "127.0.0.1", "--port", str(self.port)]
        if self.root == ROOT:
            self.process = Forked(*web, environ=self.env)
        else:  # nothing of it is loaded yet
            self.process = Group([sys.executable, "-m", "exposure.cli", *web], cwd=self.root, env=self.env)
        wait_port(self.port)
        return self

    def stop(self):
        # Asked to end, it would wait two seconds for whoever holds a connection; `test_cli` sees how it ends.
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(5)

    def remove(self):
        self.stop()
        RUN.folder(self.data)
        shutil.rmtree(self.data, ignore_errors=True)


class ThreadServer:
    """The same app in a thread of the test's own process: slower and less like production, but the test can reach into
    it (its database, a moved clock)."""

    def __init__(self, app, port=0):
        self.app, self.port = app, port or free_port()
        self.url = f"http://localhost:{self.port}"

    def start(self):
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.server.daemon_threads = True  # an open event stream must not hold stop() up
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)
