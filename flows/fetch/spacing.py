"""Domain -> its turn: one request at a time to a registered domain, and a pause between two."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Spacing:
    """Keeps requests to one registered domain apart, across all batches of a run.

    Args:
        seconds: from the end of one request to the start of the next.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._free_at: dict[str, float] = {}

    @asynccontextmanager
    async def turn(
        self, domain: str, delay_seconds: float, admit: Callable[[], None] = lambda: None
    ) -> AsyncIterator[None]:
        """Wait until `domain` may be asked again; nobody else asks it meanwhile.

        Args:
            admit: raises where the domain is not to be asked after all; what was learnt while others had their turn
                counts, and costs no pause.
            delay_seconds: what the domain itself asks for after this request; the longer of the two pauses holds.
        """
        clock = asyncio.get_running_loop().time
        async with self._locks[domain]:
            admit()
            await asyncio.sleep(max(0.0, self._free_at.get(domain, 0.0) - clock()))
            try:
                yield
            finally:
                self._free_at[domain] = clock() + max(self._seconds, delay_seconds)
