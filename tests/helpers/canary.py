# SPDX-License-Identifier: MIT
"""A server on this computer that should hear nothing: whoever speaks to it broke the promise.

It listens on IPv4, on IPv6 where there is one, and for datagrams. It answers nothing useful and
remembers who came; `ways_to` and `markup_to` are what a hostile page or name would try.
"""

import contextlib
import re
import selectors
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

_ANSWER = b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
_MOST_BYTES = 4096
_LAST_CALL_SECONDS = 0.1
NAVIGATION_MS = 900
"""When the last way is tried; the others are tried at once."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the canary listens.

    Attributes:
        hosts: `host:port` of each listening socket.
        quiet: `host:port` of one that is only for connections on which nothing is said.
        stun: `host:port` of the datagram socket.
    """

    hosts: tuple[str, ...]
    quiet: str
    stun: str


class Canary:
    """Listens from the moment it is made until it is closed.

    Attributes:
        address: Where.
    """

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._heard: list[str] = []
        self._wake, self._woken = socket.socketpair()
        self._selector.register(self._woken, selectors.EVENT_READ, "wake")
        hosts = [self._listen(socket.AF_INET, "127.0.0.1")]
        with contextlib.suppress(OSError):  # a computer without IPv6 has one way fewer
            hosts.append(self._listen(socket.AF_INET6, "::1"))
        quiet = self._listen(socket.AF_INET, "127.0.0.1")
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.bind(("127.0.0.1", 0))
        self._selector.register(datagrams, selectors.EVENT_READ, "datagram")
        stun = f"127.0.0.1:{datagrams.getsockname()[1]}"
        self.address = Address(tuple(hosts), quiet, stun)
        self._thread = threading.Thread(target=self._serve, name="canary", daemon=True)
        self._thread.start()

    @property
    def heard(self) -> tuple[str, ...]:
        """One line per connection, request or datagram, oldest first."""
        return tuple(self._heard)

    def close(self) -> None:
        """Hear out who is there, and stop listening."""
        self._wake.send(b".")
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._selector.close()
        self._wake.close()

    def _listen(self, family: socket.AddressFamily, host: str) -> str:
        made = socket.socket(family, socket.SOCK_STREAM)
        made.bind((host, 0))
        made.listen(64)
        self._selector.register(made, selectors.EVENT_READ, "listener")
        return _name(made)

    def _serve(self) -> None:
        is_closing = False
        # Who came just before the end is still heard.
        while (came := self._selector.select(_LAST_CALL_SECONDS if is_closing else None)) or (
            not is_closing
        ):
            for key, _ in came:
                if isinstance(key.fileobj, socket.socket):
                    if key.data == "wake":
                        is_closing = bool(key.fileobj.recv(1))
                    else:
                        self._hear(key.fileobj, str(key.data))

    def _hear(self, at: socket.socket, kind: str) -> None:
        if kind == "listener":
            caller, _ = at.accept()
            self._heard.append(f"connection to {_name(at)}")
            self._selector.register(caller, selectors.EVENT_READ, "caller")
            return
        if kind == "datagram":
            self._heard.append(f"datagram of {len(at.recv(_MOST_BYTES))} bytes")
            return
        with contextlib.suppress(OSError):  # the caller may be gone again
            if said := at.recv(_MOST_BYTES):
                self._heard.append(said.split(b"\r\n")[0].decode("latin-1"))
                at.sendall(_ANSWER)
        self._selector.unregister(at)
        at.close()


def _name(at: socket.socket) -> str:
    host, port = at.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@contextlib.contextmanager
def listening() -> Iterator[Canary]:
    """A canary for a while."""
    canary = Canary()
    try:
        yield canary
    finally:
        canary.close()


def ways_to(address: Address) -> dict[str, str]:
    """By name, the scripts with which a page could reach the canary; each says so in the path."""
    ways = {
        "webrtc": _WEBRTC % f"stun:{address.stun}",
        "preconnect": _ADD % ("link", f"{{rel: 'preconnect', href: 'http://{address.quiet}/'}}"),
    }
    for number, host in enumerate(address.hosts):
        for name, code in _WAYS.items():
            key = f"{name}-{number}"
            ways[key] = code.replace("HOST", host).replace("WAY", key)
    # The last one, and late, for it ends the page.
    ways["navigation"] = (
        f"setTimeout(() => {{ location.href = 'http://{address.hosts[0]}/navigation'; }},"
        f" {NAVIGATION_MS});"
    )
    return ways


def heard_ways(address: Address, heard: tuple[str, ...]) -> set[str]:
    """Which of the ways the canary has heard something on."""
    found = {
        way for way in ways_to(address) if any(re.match(rf"\w+ /{way}[ ?]", line) for line in heard)
    }
    if any(line.startswith("datagram") for line in heard):
        found.add("webrtc")
    if f"connection to {address.quiet}" in heard:
        found.add("preconnect")
    return found


def as_one_script(ways: dict[str, str]) -> str:
    """All ways after one another; one that throws does not keep the others from being tried."""
    return "".join(f"try {{ {code} }} catch {{ }}\n" for code in ways.values())


def markup_to(address: Address) -> tuple[str, ...]:
    """Names that would reach the canary if a program took them for markup or style."""
    return tuple(
        text.replace("HOST", host) for host in (*address.hosts, "localhost") for text in _MARKUP
    )


_ADD = "const e = document.createElement('%s'); Object.assign(e, %s); document.body.append(e);"
_WAYS = {
    "fetch": "fetch('http://HOST/WAY').catch(() => 0);",
    "post": "fetch('http://HOST/WAY', {method: 'POST', mode: 'no-cors'}).catch(() => 0);",
    "xhr": "const x = new XMLHttpRequest(); x.open('GET', 'http://HOST/WAY'); x.send();",
    "img": "new Image().src = 'http://HOST/WAY';",
    "script": _ADD % ("script", "{src: 'http://HOST/WAY'}"),
    "import": "import('http://HOST/WAY').catch(() => 0);",
    "css": _ADD % ("link", "{rel: 'stylesheet', href: 'http://HOST/WAY'}"),
    "css-import": _ADD % ("style", "{textContent: \"@import 'http://HOST/WAY'\"}"),
    "css-url": _ADD % ("p", "{textContent: 'x'}")
    + " e.style.backgroundImage = 'url(http://HOST/WAY)';",
    "font": "new FontFace('f', 'url(http://HOST/WAY)').load().catch(() => 0);",
    "websocket": "new WebSocket('ws://HOST/WAY');",
    "beacon": "navigator.sendBeacon('http://HOST/WAY', 'x');",
    "eventsource": "new EventSource('http://HOST/WAY');",
    "prefetch": _ADD % ("link", "{rel: 'prefetch', href: 'http://HOST/WAY'}"),
    "preload": _ADD % ("link", "{rel: 'preload', as: 'image', href: 'http://HOST/WAY'}"),
    "iframe": _ADD % ("iframe", "{src: 'http://HOST/WAY'}"),
    "object": _ADD % ("object", "{data: 'http://HOST/WAY', type: 'text/html'}"),
    "embed": _ADD % ("embed", "{src: 'http://HOST/WAY', type: 'text/html'}"),
    "video": _ADD % ("video", "{src: 'http://HOST/WAY'}"),
    "form": _ADD
    % ("iframe", "{name: 'WAY'}")
    + " const f = document.createElement('form'); f.action = 'http://HOST/WAY';"
    " f.target = 'WAY'; document.body.append(f); setTimeout(() => f.submit(), 200);",
    "worker": "new Worker(URL.createObjectURL(new Blob(["
    "\"fetch('http://HOST/WAY').catch(() => 0)\"])));",
    "import-scripts": "new Worker(URL.createObjectURL(new Blob(["
    "\"importScripts('http://HOST/WAY')\"]))).onerror = (e) => e.preventDefault();",
}
_WEBRTC = (
    "const c = new RTCPeerConnection({iceServers: [{urls: '%s'}]}); c.createDataChannel('x');"
    " c.createOffer().then((offer) => c.setLocalDescription(offer));"
)
_MARKUP = (
    "<img src=http://HOST/markup>",
    "<script src=http://HOST/markup></script>",
    "<link rel=stylesheet href=http://HOST/markup>",
    "<link rel=preconnect href=http://HOST/>",
    "<style>@import 'http://HOST/markup'</style>",
    "<p style='background:url(http://HOST/markup)'>x</p>",
    "<iframe src=http://HOST/markup></iframe>",
    "<object data=http://HOST/markup></object>",
    "<video src=http://HOST/markup></video>",
    "<svg><image href=http://HOST/markup /></svg>",
    "<meta http-equiv=refresh content='0;url=http://HOST/markup'>",
    "<base href=http://HOST/><img src=markup>",
    "<form action=http://HOST/markup></form><script>document.forms[0].submit()</script>",
    "<script>new WebSocket('ws://HOST/markup')</script>",
    "url(http://HOST/markup)",
    "http://HOST/markup",
)
