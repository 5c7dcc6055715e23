"""Request -> response over the one connection of its host, opened through the guard and kept for the next request.

A pool for all hosts looks at each of its connections for each request, which costs more than the request: with a
hundred hosts three quarters of the time of polling were spent there.
"""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from flows.fetch.addresses import Address, GuardedBackend

# Longer than the pause between two requests to a domain, so that robots.txt, feed and pages come over one connection;
# most servers close theirs after 5 to 75 seconds.
_KEPT_SECONDS = 60.0
# Hosts whose connections are kept; with those in use this stays far below the 1,024 files that a process may open.
_MOST_HOSTS = 100
_ONE = httpx.Limits(max_connections=1, keepalive_expiry=_KEPT_SECONDS)


class GuardedTransport(httpx.AsyncBaseTransport):
    """One connection a host, each of them checked where it is made.

    Args:
        allow_private, connect_to: as for `GuardedBackend`.
    """

    def __init__(self, *, allow_private: bool, connect_to: Mapping[str, Address]) -> None:
        self._backend = GuardedBackend(allow_private=allow_private, connect_to=connect_to)
        self._trusted = httpx.create_ssl_context(trust_env=False)
        # The host asked last stands last.
        self._hosts: dict[tuple[str, str, int | None], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the host of a request."""
        await self._close_unused()
        origin = (request.url.scheme, request.url.host, request.url.port)
        transport = self._hosts.pop(origin, None) or self._open()
        # No other task comes in between here and the request's place in the pool, so that nobody closes it as unused.
        self._hosts[origin] = transport
        return await transport.handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        while self._hosts:
            await self._hosts.popitem()[1].aclose()

    def _open(self) -> httpx.AsyncHTTPTransport:
        transport = httpx.AsyncHTTPTransport(verify=self._trusted, http2=True, trust_env=False, limits=_ONE)
        # httpx 0.28 has no parameter for httpcore's backend; tests/flows/test_fetch.py proves that ours is in use.
        transport._pool._network_backend = self._backend  # noqa: SLF001
        return transport

    async def _close_unused(self) -> None:
        """Close the host asked longest ago whose connection waits for work, once there are too many."""
        if len(self._hosts) < _MOST_HOSTS:
            return
        for origin, transport in list(self._hosts.items()):
            if all(connection.is_idle() for connection in transport._pool.connections):  # noqa: SLF001
                del self._hosts[origin]
                await transport.aclose()
                return
