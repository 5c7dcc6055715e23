"""Sample newsroom -> as many different pages as wanted: other names, other numbers, other paragraphs, none a copy."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from flows.newsroom import Newsroom
from flows.newsroom.pages import Outlet, Story

_NUMBER = re.compile(r"(?<![\d:,.-])[1-9]\d{1,2}(?:,\d{3})*(?![\d:]|[.,]\d)")
_NAMES = {
    "Murkomen": ("Mwangi", "Otieno", "Kiprono", "Wekesa", "Njoroge", "Barasa"),
    "Otunge": ("Omondi", "Kariuki", "Mutua", "Chebet", "Ochieng", "Maina"),
    "Solino": ("Delmas", "Bel-Air", "Nazon", "Carrefour", "Martissant", "Tabarre"),
}


def vary_stories(newsroom: Newsroom, hosts: Sequence[str], count: int) -> tuple[list[Outlet], list[Story]]:
    """Give `count` stories in the layouts of the newsroom, spread over `hosts` (name or address, with port)."""
    outlets = [replace(outlet, host=hosts[n % len(hosts)]) for n, outlet in enumerate(newsroom.outlets)]
    old_hosts = [outlet.host for outlet in newsroom.outlets]
    originals = [story for story in newsroom.articles if not story.copy_of]
    stories: list[Story] = []
    seen: set[tuple[str, ...]] = set()
    for number in range(count):
        story = originals[number % len(originals)]
        peers = [other for other in originals if other.outlet == story.outlet and other is not story]
        outlet = outlets[old_hosts.index(story.outlet)]
        seeds = itertools.count(number, count)
        variants = (_vary(story, peers, outlet, number, seed) for seed in seeds)
        stories.append(next(variant for variant in variants if variant.paragraphs not in seen))
        seen.add(stories[-1].paragraphs)
    return outlets, stories


def _vary(story: Story, peers: Sequence[Story], outlet: Outlet, number: int, seed: int) -> Story:
    rng = random.Random(seed)
    paragraphs = list(story.paragraphs)
    if peers:
        paragraphs.insert(rng.randrange(1, len(paragraphs) + 1), rng.choice(rng.choice(peers).paragraphs))
    # The first variant of each story stays whole; the later ones lose a paragraph from the middle.
    if number and len(paragraphs) > 4:
        paragraphs.pop(rng.randrange(2, len(paragraphs) - 1))
    names = {old: rng.choice(new) for old, new in _NAMES.items()}
    slug = f"{story.slug}-{number}"
    return replace(
        story,
        outlet=outlet.host,
        slug=slug,
        path=f"/{outlet.language}/{slug}",
        title=_rewrite(story.title, names, rng),
        summary=_rewrite(story.summary, names, rng),
        published=story.published + timedelta(minutes=number),
        moved_from=None,
        paragraphs=tuple(_rewrite(paragraph, names, rng) for paragraph in paragraphs),
    )


def _rewrite(text: str, names: dict[str, str], rng: random.Random) -> str:
    for old, new in names.items():
        text = text.replace(old, new)
    return _NUMBER.sub(lambda found: _other_number(found[0], rng), text)


def _other_number(words: str, rng: random.Random) -> str:
    value = int(words.replace(",", ""))
    return f"{rng.randint(max(10, value // 2), value * 2):,}"
