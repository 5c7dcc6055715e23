"""Requests side by side -> all their outcomes, or the first error and no request left running behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def all_or_none(waiting: Iterable[Awaitable[T]]) -> list[T]:
    """Wait for all, in order; when one fails, stop the others first: they write to the archive that failed."""
    tasks = [asyncio.ensure_future(each) for each in waiting]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
