"""A server for `coedit`: the house as `exposure serve` runs it, and the barest event stream in the same process.

    python -m tests.bench.beside PORT FOLDER

What is posted to /bare/say goes to every /bare/stream; /bare/page sends and shows it. Nothing is stored or asked.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from flask import Flask, Response, request

from exposure.app import create_app
from exposure.config import Settings
from exposure.server import WebServer

PAGE = """<!doctype html><title>bare</title><input><button>say</button><p></p><script>
  document.querySelector('button').onclick = () => fetch('/bare/say', { method: 'POST',
    body: document.querySelector('input').value });
  if (location.search) new EventSource('/bare/stream').onmessage = ({ data }) => {
    document.querySelector('p').textContent = data; };
</script>"""


def bare() -> Flask:
    """The echo: one queue for each stream."""
    app, streams = Flask("bare"), []

    @app.get("/bare/page")
    def page() -> str:
        return PAGE

    @app.get("/bare/stream")
    def stream() -> Response:
        mine: SimpleQueue[str] = SimpleQueue()
        streams.append(mine)

        def told() -> Iterator[str]:
            yield "retry: 3000\n\n"
            while True:
                yield f"data: {mine.get()}\n\n"

        return Response(told(), mimetype="text/event-stream")

    @app.post("/bare/say")
    def say() -> str:
        words = request.get_data(as_text=True)
        for each in streams:
            each.put(words)
        return ""

    return app


class Beside(WebServer):
    """Our own server with our own options; only what it loads is two."""

    def load(self) -> Any:
        house, echo = create_app(self.settings), bare()

        def either(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            return (echo if environ["PATH_INFO"].startswith("/bare/") else house)(environ, start)

        either.extensions = house.extensions  # type: ignore[attr-defined]  # the server ends its streams
        return either


if __name__ == "__main__":
    at = int(sys.argv[1])
    Beside(Settings(data=Path(sys.argv[2]), url=f"http://localhost:{at}"), "127.0.0.1", at, 1).run()
