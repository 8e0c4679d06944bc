"""A local stand-in for Mozilla's push service (autopush): real web push to a real Firefox, with no internet.

Firefox side: one WebSocket (hello, register, unregister, broadcast_subscribe, ping, notification, ack, nack).
Sender side:  RFC 8030 POST to the endpoint's path at `.address`; checked as a real service would (rfc8030.py). The
              endpoint that Firefox is given carries Mozilla's own host, so the app's list of hosts stays as it is.
Test side:    .log, .subs, .fail_next(status, times), .drop_all() (410 from then on), .disconnect(), .accepting.
"""

import base64
import contextlib
import http.server
import json
import socket
import threading
import time
import uuid

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import serve

from tests.browser import rfc8030

HOST = "https://updates.push.services.mozilla.com"


class FakeAutopush:
    hosts = ("updates.push.services.mozilla.com",)

    def __init__(self, host=HOST):
        self.host, self.lock = host, threading.RLock()
        self.uas, self.subs, self.log, self.fails, self.accepting = {}, {}, [], [], True
        self.ws_server = serve(self._browser, "127.0.0.1", 0, subprotocols=["push-notification"], compression=None)
        self.ws_port = self.ws_server.socket.getsockname()[1]
        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), sender_door(self))
        self.httpd.daemon_threads = True
        self.address = ("127.0.0.1", self.httpd.server_port)
        for server in (self.ws_server, self.httpd):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def prefs(self):
        """What Firefox needs. dom.push.connection.enabled must be set by hand: remote control switches it off."""
        return {
            "dom.push.serverURL": f"ws://127.0.0.1:{self.ws_port}/",
            "dom.push.testing.allowInsecureServerURL": True,
            "dom.push.connection.enabled": True,
            "dom.push.retryBaseInterval": 500,
            "permissions.default.desktop-notification": 1,
        }

    # ---- the browser's WebSocket
    def _browser(self, ws):
        if not self.accepting:
            return
        uaid = None
        try:
            while True:
                message = json.loads(ws.recv())
                kind = message.get("messageType", "ping")
                with self.lock:
                    self.log.append({"from": "browser", "type": kind})
                    uaid = self._answer(ws, kind, message, uaid)
        except ConnectionClosed:
            pass
        finally:
            with self.lock:
                if uaid in self.uas and self.uas[uaid]["ws"] is ws:
                    self.uas[uaid]["ws"] = None

    def _answer(self, ws, kind, message, uaid):
        if kind == "ping":
            ws.send("{}")
        elif kind == "hello":
            uaid = message.get("uaid") if message.get("uaid") in self.uas else uuid.uuid4().hex
            self._hello(ws, uaid)
        elif kind == "register":
            token = uuid.uuid4().hex
            channel = message["channelID"]
            self.subs[token] = {"uaid": uaid, "channel": channel, "key": message.get("key"), "gone": False}
            endpoint = f"{self.host}/wpush/v2/{token}"
            ws.send(said("register", channelID=channel, status=200, pushEndpoint=endpoint))
        elif kind == "unregister":
            for sub in self.subs.values():
                sub["gone"] |= sub["channel"] == message["channelID"]
            ws.send(said("unregister", channelID=message["channelID"], status=200))
        elif kind == "ack":
            done = {update["version"] for update in message["updates"]}
            self.uas[uaid]["pending"] = [p for p in self.uas[uaid]["pending"] if p["id"] not in done]
        return uaid

    def _hello(self, ws, uaid):
        ua = self.uas.setdefault(uaid, {"ws": None, "pending": []})
        ua["ws"] = ws
        for waiting in ua["pending"]:
            waiting["sent"] = False  # not acked: sent again
        ws.send(said("hello", status=200, uaid=uaid, use_webpush=True, broadcasts={}))
        self._flush(uaid)

    def _flush(self, uaid):
        ua, now = self.uas[uaid], time.time()
        ua["pending"] = [m for m in ua["pending"] if m["expires"] > now]
        for m in ua["pending"]:
            if ua["ws"] and not m["sent"]:
                m["sent"] = True
                try:
                    body = {"version": m["id"], "ttl": m["ttl"], "data": m["data"]}
                    ua["ws"].send(
                        said("notification", channelID=m["channel"], **body, headers={"encoding": "aes128gcm"})
                    )
                except (ConnectionClosed, OSError):
                    m["sent"], ua["ws"] = False, None

    # ---- the sender's HTTP
    def receive(self, path, headers, body):
        """(status, headers, body) for a sender's POST."""
        token = path.rsplit("/", 1)[1]
        with self.lock:
            sub = self.subs.get(token)
            if self.fails:
                status, why = self.fails.pop(0), "asked for by the test"
            elif not sub:
                status, why = 404, "no such subscription"
            elif sub["gone"]:
                status, why = 410, "gone"
            else:
                status, why = rfc8030.check(headers, body, sub["key"], {self.host})
            sent = {name: headers.get(name) for name in ("TTL", "Urgency", "Topic")}
            self.log.append({"from": "sender", "status": status, "why": why, "bytes": len(body), **sent})
            if status != 201:
                return status, {"Retry-After": "1"} if status in (429, 503) else {}, why.encode()
            self._keep(sub, int(headers["TTL"]), headers.get("Topic"), body)
            return 201, {"Location": f"{self.host}/m/{uuid.uuid4().hex}"}, b""

    def _keep(self, sub, ttl, topic, body):
        ua = self.uas[sub["uaid"]]
        if topic:  # a newer message replaces the waiting one of its topic
            same = (sub["channel"], topic)
            ua["pending"] = [p for p in ua["pending"] if p["sent"] or (p["channel"], p["topic"]) != same]
        data = base64.urlsafe_b64encode(body).rstrip(b"=").decode()
        message = {"id": uuid.uuid4().hex, "channel": sub["channel"], "topic": topic, "ttl": ttl, "sent": False}
        if ttl or ua["ws"]:  # TTL 0: now or never
            ua["pending"].append({**message, "expires": time.time() + max(ttl, 0.1), "data": data})
            self._flush(sub["uaid"])

    # ---- what a test uses
    def pending(self):
        with self.lock:
            return [p for ua in self.uas.values() for p in ua["pending"]]

    def sent(self):
        return [entry for entry in self.log if entry["from"] == "sender"]

    def fail_next(self, status, times=1):
        self.fails += [status] * times

    def drop_all(self):
        for sub in self.subs.values():
            sub["gone"] = True

    def disconnect(self):
        """As a lost network would; Firefox comes again by itself."""
        with self.lock:
            sockets = [ua["ws"] for ua in self.uas.values() if ua["ws"]]
            for ua in self.uas.values():
                ua["ws"] = None
        for ws in sockets:
            with contextlib.suppress(OSError):
                ws.socket.shutdown(socket.SHUT_RDWR)

    def stop(self):
        self.disconnect()
        self.ws_server.shutdown()
        self.httpd.shutdown()
        self.httpd.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def said(kind, **fields):
    return json.dumps({"messageType": kind, **fields})


def sender_door(service):
    """The HTTP side of a fake service: hands every POST to `service.receive`."""

    class Door(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, out = service.receive(self.path, self.headers, body)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(out))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(out)

        def log_message(self, *_):
            pass

    return Door
