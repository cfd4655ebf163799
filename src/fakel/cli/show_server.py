"""The server behind ``fakel show``: the page's own files and one flight, nothing else."""

from __future__ import annotations

import hashlib
import mimetypes
import socket
import sys
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from fakel.model.errors import InputError
from fakel.show.site import SCENE, as_json, scene_of

FIRST_PORT, PORTS = 8013, 20
TYPES = {".js": "text/javascript", ".json": "application/json", ".bin": "application/octet-stream",
         ".woff2": "font/woff2", ".webp": "image/webp", ".svg": "image/svg+xml"}
POLICY = "default-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'"
FRESH, FOREVER = "no-cache", "public, max-age=31536000, immutable"


class Source:
    """What may be asked for, by path. The flight is read again when its index has changed; while that cannot be read
    (it is being replaced), what was read before stands."""

    def __init__(self, folder: Path, page: Mapping[str, Path]) -> None:
        self.folder, self.page = folder, page
        self.told: tuple[str, ...] = ()
        self.complete = False
        self._legs: dict[str, bytes] = {}
        self._scene, self._seen = b"", (0, 0)
        self._lock = threading.Lock()
        self._read()

    def answer(self, path: str) -> tuple[bytes, str] | None:
        """The bytes of a path and how long they may be kept, or None."""
        name = path.lstrip("/") or "index.html"
        if name == f"data/{SCENE}":
            return self._fresh_scene(), FRESH
        if name.startswith("data/"):
            leg = self._legs.get(name.removeprefix("data/"))
            return None if leg is None else (leg, FOREVER)
        file = self.page.get(name)
        if file is None or not file.is_file():
            return None
        return file.read_bytes(), FOREVER if name.startswith("assets/") else FRESH

    def _fresh_scene(self) -> bytes:
        with self._lock:
            try:
                if self._mark() != self._seen:
                    self._read()
            except (InputError, OSError):
                pass
            return self._scene

    def _mark(self) -> tuple[int, int]:
        about = (self.folder / "flight.json").stat()
        return about.st_mtime_ns, about.st_size

    def _read(self) -> None:
        before = self._mark() if (self.folder / "flight.json").exists() else (0, 0)
        made, legs, self.told = scene_of(self.folder)
        self._legs |= legs
        self._scene, self.complete, self._seen = as_json(made), bool(made["complete"]), before


def server(source: Source, host: str, port: int | None) -> ThreadingHTTPServer:
    """A server on this port, or on the first free one. Raises InputError when it cannot be had."""
    class Answer(Handler):
        pass
    Answer.source = source

    class Listener(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def handle_error(self, request: object, client_address: object) -> None:
            """A browser that hangs up is nothing to tell."""
            if not isinstance(sys.exception(), ConnectionError):
                super().handle_error(request, client_address)

    if port is not None and not 0 <= port <= 65535:
        raise InputError(f"--port {port}: ports go from 1 to 65535; give another one")
    for number in (port,) if port is not None else (*range(FIRST_PORT, FIRST_PORT + PORTS), 0):
        try:
            return Listener((host, number), Answer)
        except OSError as error:
            failed = error
    wanted = f"--port {port}" if port is not None else f"--host {host}"
    raise InputError(f"{wanted}: cannot serve there ({failed.strerror or failed}); give another --port or --host")


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD of what the source has."""

    source: Source
    server_version, sys_version = "fakel", ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        found = self.source.answer(path)
        if found is None:
            self._send(HTTPStatus.NOT_FOUND, b"not found\n", {"Content-Type": "text/plain"}, with_body)
            return
        data, kept = found
        tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
        headers = {"ETag": tag, "Cache-Control": kept, "Content-Type": kind_of(path)}
        if tag in self.headers.get("If-None-Match", ""):
            self._send(HTTPStatus.NOT_MODIFIED, b"", headers, False)
        else:
            self._send(HTTPStatus.OK, data, headers, with_body)

    def _send(self, status: HTTPStatus, data: bytes, headers: Mapping[str, str], with_body: bool) -> None:
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Content-Security-Policy", POLICY)
            if status is not HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if with_body:
                self.wfile.write(data)
        except ConnectionError:
            self.close_connection = True                 # the browser has left

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not told: the terminal belongs to the person who started the show."""


def kind_of(path: str) -> str:
    ending = Path(path).suffix
    kind = TYPES.get(ending) or mimetypes.guess_type(path)[0] or "text/html"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
