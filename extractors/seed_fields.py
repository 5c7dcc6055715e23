"""Fields -> checked values: one row of a .tsv or table of a .toml, which knows the line it stands on.

It checks a value's form and says what is wrong and how to mend it; it knows neither missions nor feeds.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from extractors.errors import SeedError

# ISO 3166-1 alpha-3 as of 2025, and XKX, which the EU, the UN and the World Bank use for Kosovo.
_COUNTRY_CODES = """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR BHS BIH
    BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB
    CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO
    GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN
    IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA
    MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER
    NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU
    RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
    TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT
    WLF WSM XKX YEM ZAF ZMB ZWE
"""

# ISO 639-1.
_LANGUAGE_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja
    jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb
    nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq
    sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""

COUNTRIES = frozenset(_COUNTRY_CODES.split())
LANGUAGES = frozenset(_LANGUAGE_CODES.split())

_PCODE = re.compile(r"[A-Z]{2,3}[0-9]{0,12}")


@dataclass(frozen=True, slots=True)
class Fields:
    """One row or table.

    Args:
        line: 1-based, of the row or of the table's header.
        values: by column or key; a blank cell is absent.
        lines: where each key of a TOML table stands, if not on `line`.
    """

    file: Path
    line: int
    values: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)

    def error(self, key: str, problem: str, remedy: str) -> SeedError:
        """The error to raise about this key's value."""
        return SeedError(self.file, self.lines.get(key, self.line), problem, remedy)

    def text(self, key: str) -> str:
        """The value, which must be there."""
        value = self.text_or_none(key)
        if value is None:
            raise self.error(key, f"{key} is missing", f"Give {key} a value")
        return value

    def text_or_none(self, key: str) -> str | None:
        """The value, None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise self.error(
                key, f"{key} = {value!r} is no text", f'Write {key} in quotes, with at least one letter: {key} = "..."'
            )
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Several values: parted by | in a cell, a list in TOML."""
        value = self.values.get(key)
        if value is None:
            return ()
        parts = value.split("|") if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            raise self.error(key, f"{key} = {value!r} is no list of texts", f'Write it so: {key} = ["...", "..."]')
        texts = tuple(map(str.strip, parts))
        if "" in texts:
            raise self.error(
                key, f"{key} = {value!r} has an empty alternative", "Take the needless | or the empty text away"
            )
        if len(texts) > 1 and len(set(texts)) < len(texts):
            twice = next(text for text in texts if texts.count(text) > 1)
            raise self.error(key, f"{key} names {twice!r} twice", "Keep one of the two")
        return texts

    def flag(self, key: str) -> bool:
        """True or false, false where there is none."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            problem = f"{key} = {value!r} is neither true nor false"
            raise self.error(key, problem, f"Write {key} = true, or leave it out")
        return value

    def one_of(self, key: str, known: Collection[str], what: str) -> str | None:
        """The value, which must be one of `known`; None where there is none."""
        value = self.text_or_none(key)
        if value is not None and value not in known:
            raise self.error(key, f"{key} {value!r} is no {what}", suggest(value, known))
        return value

    def country(self, key: str) -> str | None:
        """An ISO 3166 alpha-3 code."""
        value = self.text_or_none(key)
        if value is not None and value not in COUNTRIES:
            raise self.error(
                key, f"{key} {value!r} is no ISO 3166 alpha-3 code", "Write three capital letters, as KEN for Kenya"
            )
        return value

    def language(self, key: str) -> str | None:
        """An ISO 639-1 code."""
        value = self.text_or_none(key)
        if value is not None and value not in LANGUAGES:
            raise self.error(
                key, f"{key} {value!r} is no ISO 639-1 code", "Write two small letters, as en, fr, es, ht or sw"
            )
        return value

    def day(self, key: str) -> date | None:
        """A day: an ISO date in a cell, a date or a quoted one in TOML."""
        value = self.values.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return None if value is None else date.fromisoformat(str(value))
        except ValueError:
            raise self.error(key, f"{key} {value!r} is no day", "Write it as 2024-06-25") from None

    def number(self, key: str, low: float, high: float) -> float | None:
        """A number within `low` and `high`, both included."""
        value = self.values.get(key)
        if value is None:
            return None
        try:
            number = float(str(value))
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise self.error(
                key, f"{key} {value!r} is no number from {low:g} to {high:g}", "Write it with a point, as 18.5435"
            )
        return number

    def pcode(self, key: str) -> str | None:
        """An OCHA P-code: the country's letters and digits."""
        value = self.text_or_none(key)
        if value is not None and not _PCODE.fullmatch(value):
            raise self.error(
                key,
                f"{key} {value!r} is no P-code",
                "Write the country's letters and the digits, as HT0111; leave it blank where unknown",
            )
        return value

    def check_keys(self, known: Collection[str]) -> None:
        """Refuse keys that nobody reads: most are slips of the pen."""
        for key in self.values:
            if key not in known:
                raise self.error(key, f"unknown key {key!r}", suggest(key, known))

    def need(self, key: str, value: str | None) -> str:
        """The checked value, which must be there."""
        return self.text(key) if value is None else value

    def some_of(self, key: str, known: Collection[str] | None, what: str) -> tuple[str, ...]:
        """At least one value, all of them among `known` if that is given."""
        values = self.texts(key)
        if not values:
            raise self.error(key, f"{key} is missing or empty", f"Name at least one {what}")
        for value in values:
            if known is not None and value not in known:
                raise self.error(key, f"{key}: {value!r} is no {what}", suggest(value, known))
        return values

    def any_of(self, key: str, known: Collection[str], what: str) -> tuple[str, ...]:
        """Values that are all among `known`; none where the key is missing."""
        return self.texts(key) and self.some_of(key, known, what)

    def days(self, first_key: str, last_key: str) -> tuple[date | None, date | None]:
        """Two days, of which the second is not before the first."""
        first, last = self.day(first_key), self.day(last_key)
        if first and last and last < first:
            problem = f"{last_key} {last} is before {first_key} {first}"
            raise self.error(last_key, problem, "Swap the two, or mend the one that is wrong")
        return first, last

    def refuse_twice(self, key: str, value: object, seen: Collection[object]) -> None:
        """Refuse a value that stands in the file already."""
        if value in seen:
            raise self.error(key, f"{key} {self.values.get(key)!r} stands twice", "Keep one of the two")


def suggest(value: str, known: Collection[str]) -> str:
    """What to write in its stead: the one that is spelt alike, or the whole choice where it is short."""
    close = difflib.get_close_matches(value, known, n=1)
    choice = f"one of {', '.join(sorted(known))}" if len(known) <= 30 else "one that is listed"
    return f"Did you mean {close[0]!r}?" if close else f"Write {choice}"
