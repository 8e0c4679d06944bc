"""Server: gunicorn with our settings.

gthread with one worker and many threads: a live stream holds a thread for up to a minute, plain requests do not care
how many threads there are (performance 4b, 4c).
"""

import os
import resource
import signal
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from exposure.app import create_app
from exposure.config import Settings
from exposure.crowding import OrderlyWorker
from exposure.house import House
from exposure.web.refusal import refusal

GRACE = 3  # seconds a request in flight has to finish
MEMORY = "/dev/shm"  # noqa: S108 - gunicorn makes a file of its own in it, with a random name


class WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with our settings and nothing read from anywhere else."""

    def __init__(self, settings: Settings, host: str, port: int, workers: int) -> None:
        self.settings = settings
        self.options = options(settings, host, port, workers)
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return create_app(self.settings)


def options(settings: Settings, host: str, port: int, workers: int = 1) -> dict[str, Any]:
    """What gunicorn is told. Every line that differs from its defaults does so for a measured reason."""
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": OrderlyWorker,
        "threads": settings.threads,
        # At the default of 1,000 connections it accepts nothing more and says nothing (performance 4c).
        "worker_connections": max(1000, 4 * settings.threads),
        "graceful_timeout": GRACE,
        "keepalive": 15,
        # Who stands in front is told by IPPO_PROXIES (`guard`). By itself it believes whoever comes from this machine,
        # as all do behind a proxy on it, when they say SCRIPT_NAME or PATH_INFO.
        "forwarded_allow_ips": "",
        "forwarder_headers": "",
        "sendfile": False,  # the kernel's own way of sending would wait for a peer without counting
        "loglevel": "error",  # its warnings name the address of whoever sent a broken request
        "accesslog": None,  # addresses and paths of people are nobody's business
        # A heartbeat file on a disk that stalls would have a healthy worker killed.
        "worker_tmp_dir": MEMORY if os.access(MEMORY, os.W_OK) else None,
        "control_socket_disable": True,
        "post_worker_init": at_start,
    }


def at_start(worker: Any) -> None:
    """What a worker needs before anybody comes: files for all its connections, and the words for those without room."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # many a system begins with 1,024
    worker.refusal = refusal(worker.wsgi)
    end_streams_on_term(worker)


def end_streams_on_term(worker: Any) -> None:
    """Live streams end by themselves on SIGTERM, so that the worker may go at once: 4 s instead of 31."""
    house: House = worker.wsgi.extensions["ippo"]
    before = signal.getsignal(signal.SIGTERM)

    def term(number: int, frame: Any) -> None:
        house.hub.end()
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, term)
