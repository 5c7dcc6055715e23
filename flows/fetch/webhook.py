"""Message -> an HTTP endpoint of the user's own: one POST, no redirects, nothing read back but the status."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from extractors.errors import SettingsError

_SECONDS = 10.0


def post_message(url: str, message: Mapping[str, object], *, user_agent: str) -> None:
    """Send a message as JSON. The address is the user's own, so it may lie in an intranet; errors do not repeat it.

    Raises:
        SettingsError: it was not taken; says why.
    """
    try:
        answer = httpx.post(url, json=message, headers={"User-Agent": user_agent}, timeout=_SECONDS, trust_env=False)
        answer.raise_for_status()
    except httpx.HTTPStatusError as error:
        raise SettingsError(f"it was answered with HTTP {error.response.status_code}") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SettingsError(f"{type(error).__name__}: {error}") from error
