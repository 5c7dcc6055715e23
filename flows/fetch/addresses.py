"""Host name -> address that may be connected to: the check stands where the connection is made.

A check before the request would ask the resolver twice, and the second answer may differ (DNS rebinding). Here the
address that is checked is the address that is connected to, for redirects too.
Source: Python's `ipaddress` for what is global, by the IANA special-purpose registries.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Mapping
from typing import Any

import anyio
import httpcore

Address = tuple[str, int]


class PrivateAddressError(httpcore.ConnectError):
    """A host resolves to an address that is not on the public internet."""


class UnresolvableError(httpcore.ConnectError):
    """A host has no address."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects like httpcore's own backend, to checked addresses only.

    Args:
        allow_private: may loopback and intranet addresses be connected to?
        connect_to: hosts that are served elsewhere (curl's --connect-to); these are trusted as given.
    """

    def __init__(self, *, allow_private: bool, connect_to: Mapping[str, Address]) -> None:
        self._backend = httpcore.AnyIOBackend()
        self._allow_private = allow_private
        self._connect_to = connect_to

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of `host` that answers."""
        refusal: httpcore.ConnectError | None = None
        for address, number in await self._addresses(host, port):
            try:
                return await self._backend.connect_tcp(address, number, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                refusal = error
        raise refusal or UnresolvableError(f"{host} has no address")

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109, ARG002 - the interface is httpcore's
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the interface is httpcore's
    ) -> httpcore.AsyncNetworkStream:
        """Refuse: feeds do not live in Unix sockets."""
        raise PrivateAddressError(f"{path} is a Unix socket")

    async def sleep(self, seconds: float) -> None:
        """Wait, as the pool asks for between its own tries."""
        await self._backend.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[Address]:
        if host in self._connect_to:
            return [self._connect_to[host]]
        try:
            found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise UnresolvableError(f"{host} cannot be resolved: {error}") from error
        addresses = list(dict.fromkeys(str(answer[4][0]) for answer in found))
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise PrivateAddressError(f"{host} resolves to {address}, which is not on the public internet")
        return [(address, port) for address in addresses]


def is_public(address: str) -> bool:
    """True for an address on the public internet; an IPv4 address wrapped in IPv6 is judged by itself."""
    parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1] or parsed
    return parsed.is_global and not parsed.is_multicast
