"""Busy data folder -> a cancelled run: a deployment's run that meets another stands back, and has not failed.

Schedules overlap when a run takes longer than the interval, or when somebody starts one by hand. The later one would
otherwise stand among the failed runs, where people look for what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from prefect.runtime import deployment
from prefect.states import Cancelled

from extractors.errors import BusyError
from flows.progress import log

P = ParamSpec("P")
T = TypeVar("T")


def standing_back(flow: Callable[P, T]) -> Callable[P, T]:
    """End as cancelled where the data folder is held; outside a deployment the error is the caller's to tell."""

    @wraps(flow)
    def stand_back_if_busy(*args: P.args, **options: P.kwargs) -> T:
        try:
            return flow(*args, **options)
        except BusyError as error:
            if deployment.id is None:
                raise
            log.info("%s", error)
            # A state that a flow returns becomes the state of its run; nobody else sees it.
            return cast("T", Cancelled(message=str(error)))

    return stand_back_if_busy
