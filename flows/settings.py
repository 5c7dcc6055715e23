"""Options, environment, missionwire.toml -> Settings: what a run uses, and which of the three said so.

The first that speaks wins: an option on the command line, `MISSIONWIRE_*` in the environment, `missionwire.toml` in the
working directory, the default. Nothing here opens a socket or the warehouse.
"""

from __future__ import annotations

import os
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from pydantic import Field, SecretStr, ValidationError, field_serializer, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from extractors.errors import SettingsError
from warehouse.lake import Address, Lake, read_address, without_passwords

PREFIX = "MISSIONWIRE_"
FILE = Path("missionwire.toml")
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_WEBHOOK = re.compile(r"^(https?://[^/?#]+)[/?#].+$")


class Settings(BaseSettings):
    """All that can be set. Relative paths count from the working directory."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file=FILE, extra="forbid", frozen=True, env_ignore_empty=True
    )

    data: Path = Field(Path("data"), description="Folder for the warehouse, the archive and Prefect's own files.")
    warehouse: Path | str | None = Field(
        None, description="The DuckDB file, or a lake's address; missionwire.duckdb in the data folder if unset."
    )
    lake_data: str = Field("", description="A lake's folder or s3:// address for Parquet files.")
    feeds: Path | None = Field(
        None, description="The feed list; feeds.toml in the data folder, else our own, if unset."
    )
    seeds: Path = Field(SEEDS, description="Folder of the hand-kept files: missions, states, publishers.")
    mission: str = Field("haiti", description="The missions to read for: names of folders, parted by commas.")
    spacing_seconds: float = Field(5.0, ge=0, le=3600, description="Pause between two requests to one domain.")
    allow_private_addresses: bool = Field(default=False, description="May loopback and intranet hosts be asked?")
    contact: str = Field("", max_length=200, description="Address or URL for the User-Agent, so publishers reach you.")
    workers: int = Field(0, ge=0, le=256, description="Processes that read articles; 0 means one per core.")
    dask: str = Field("", description="Scheduler of a Dask cluster whose workers read articles instead.")
    interval: float | None = Field(None, ge=1, description="Seconds between scheduled runs; 1800 if no cron is set.")
    cron: str | None = Field(None, description="Cron expression (UTC) for scheduled runs, instead of an interval.")
    now: datetime | None = Field(None, description="The clock at the start of a run, for reproducible runs.")
    keep_days: int = Field(0, ge=0, le=36_500, description="Days that the archive is kept; 0 keeps it for good.")
    extractors: str = Field("", description="Extractors besides the rules, parted by commas: llm, or a plug-in's.")
    llm_url: str = Field("", description="Endpoint that speaks OpenAI's chat protocol, as far as /v1.")
    llm_model: str = Field("", description="The model's name there.")
    llm_key: SecretStr = Field(SecretStr(""), description="Key for that endpoint, if it wants one.")
    llm_timeout_seconds: float = Field(120.0, gt=0, le=3600, description="Time for one answer of the model.")
    report: bool = Field(default=True, description="Draw the page (report.html) after each run that published?")
    alert: str = Field("", description="Command or URL that is told when a feed dies or falls silent, or a run fails.")
    sql_address: str = Field("127.0.0.1:9494", description="Where serve --sql listens: HOST:PORT.")
    sql_token: SecretStr = Field(SecretStr(""), description="The token that its clients show.")
    sql_token_file: Path | None = Field(
        None, description="A file of such tokens, one a line; sql-token in the data folder if neither is set."
    )
    sql_memory: str = Field("2GB", description="Memory for the answers to all of its clients together.")
    sql_threads: int = Field(0, ge=0, le=1024, description="Threads for the same; 0 means one per core.")
    retry_seconds: float = Field(2.0, ge=0, description="First pause before a failed request is tried again.")

    @field_validator("now")
    @classmethod
    def _in_utc(cls, value: datetime | None) -> datetime | None:
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)

    @field_validator("warehouse")
    @classmethod
    def _file_or_lake(cls, value: Path | str | None) -> Path | str | None:
        if value is not None:
            read_address(value)
        return value

    @field_serializer("warehouse")
    def _without_password(self, value: Path | str | None) -> Path | str | None:
        """What is written out is seen: `status` prints it, and Prefect keeps what a flow is given."""
        return without_passwords(value) if isinstance(value, str) else value

    @field_validator("alert")
    @classmethod
    def _command_or_url(cls, value: str) -> str:
        if value.startswith(("http://", "https://")):
            return value
        try:
            return value if shlex.split(value) else ""
        except ValueError as error:
            raise ValueError(f"no shell would read it ({error}); right would be: mail -s missionwire NAME") from error

    @field_serializer("alert")
    def _without_key(self, value: str) -> str:
        """As for passwords."""
        return shown_alert(value)

    @field_validator("contact")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.isprintable() or not value.isascii():
            raise ValueError("it goes into an HTTP header: plain ASCII on one line, such as desk@example.org")
        return value

    @field_validator("mission")
    @classmethod
    def _some_mission(cls, value: str) -> str:
        if not value.replace(",", "").strip():
            raise ValueError("it names no mission; right would be haiti")
        return value

    @field_validator("cron")
    @classmethod
    def _cron_expression(cls, value: str | None) -> str | None:
        from cronsim import CronSim, CronSimError  # noqa: PLC0415 - a start of 20 ms that only a schedule needs

        try:
            if value:
                CronSim(value, datetime.now(UTC))
        except CronSimError as error:
            raise ValueError(f"{value!r} is no cron expression ({error}); right would be '*/30 * * * *'") from error
        return value

    @field_validator("sql_address")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})", value)
        if found is None or not 0 < int(found[2]) < 65_536:
            raise ValueError("right would be HOST:PORT, such as 127.0.0.1:9494, 0.0.0.0:9494 or [::1]:9494")
        return value

    @field_validator("sql_memory")
    @classmethod
    def _amount_of_memory(cls, value: str) -> str:
        if not re.fullmatch(r"\d+(\.\d+)?\s*[KMGT]i?B", value):
            raise ValueError("right would be an amount such as 2GB or 500MB")
        return value

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        if self.sql_token.get_secret_value() and self.sql_token_file:
            raise ValueError("sql_token and sql_token_file are both set; keep one of them")
        return self

    @model_validator(mode="after")
    def _one_schedule(self) -> Self:
        if self.cron and self.interval:
            raise ValueError("cron and interval are both set; keep one of them")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the interface is pydantic-settings'
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options, then the environment, then missionwire.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def warehouse_file(self) -> Address:
        """The writer's own DuckDB file, or the lake."""
        folder = self.lake_data or str((self.data / "lake").resolve())
        return read_address(self.warehouse or self.data / "missionwire.duckdb", data_path=folder)

    @property
    def published_file(self) -> Address:
        """The snapshot that people query; a lake needs none."""
        file = self.warehouse_file
        return file if isinstance(file, Lake) else self.data / "published" / "missionwire.duckdb"

    @property
    def feed_file(self) -> Path:
        """The feed list: the one that is named, else that of the data folder, else the one that comes with us."""
        own = self.data / "feeds.toml"
        return self.feeds or (own if own.exists() else SEEDS / "feeds.toml")

    @property
    def corrections_file(self) -> Path:
        """What people say of claims, kept by hand; there need not be one."""
        return self.data / "corrections.tsv"

    @property
    def unpublished_mark(self) -> Path:
        """An empty file that is there while the snapshot is behind the warehouse."""
        return self.published_folder / "unpublished"

    @property
    def published_folder(self) -> Path:
        """The snapshot, and the page that is drawn from it."""
        return self.data / "published"

    @property
    def archive_folder(self) -> Path:
        """WARC files, by day."""
        return self.data / "archive"

    @property
    def spool_folder(self) -> Path:
        """Records that wait to be loaded."""
        return self.data / "spool"

    @property
    def serving_folder(self) -> Path:
        """What belongs to the SQL server that is on: its snapshots, and what does not fit into memory."""
        return self.data / "serving"

    @property
    def manners_folder(self) -> Path:
        """What servers ask of us: robots.txt and Retry-After, kept between runs."""
        return self.data / "manners"

    @property
    def mission_names(self) -> tuple[str, ...]:
        """The folders under seeds/missions to read for."""
        return tuple(name.strip() for name in self.mission.split(",") if name.strip())

    @property
    def extractor_names(self) -> tuple[str, ...]:
        """Extractors to ask besides the rules."""
        return tuple(name.strip() for name in self.extractors.split(",") if name.strip())

    @property
    def worker_count(self) -> int:
        """Processes that read articles."""
        # macOS has no notion of the cores that a process may use, only of those that there are.
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        return self.workers or cores or 1

    @property
    def user_agent(self) -> str:
        """Who asks, and how to reach them."""
        return f"missionwire/0.1 (news facts ledger; contact: {self.contact or 'not given'})"

    def clock(self) -> datetime:
        """The time this run starts at, in UTC."""
        return self.now or datetime.now(UTC)


def read_settings(**options: Any) -> Settings:
    """Join options (None means not given), environment and missionwire.toml.

    Raises:
        SettingsError: names the setting, where it was set, and what is wrong with it.
    """
    given = {name: value for name, value in options.items() if value is not None}
    _refuse_unknown_variables()
    try:
        settings = Settings(**given)
    except ValidationError as error:
        problems = [_explain(problem, given) for problem in error.errors()]
        raise SettingsError("; ".join(problems)) from error
    except ValueError as error:
        raise SettingsError(f"{FILE.resolve()} cannot be read as TOML: {error}") from error
    if _is_same_file(settings.warehouse_file, settings.published_file):
        raise SettingsError(
            f"warehouse {settings.warehouse_file} is the published file, which each run replaces; name another file"
        )
    return settings


def shown_alert(alert: str) -> str:
    """The alert as it may be seen: whoever knows the path of a webhook can use it; a command is shown as it is."""
    return _WEBHOOK.sub(r"\1/***", without_passwords(alert))


def _is_same_file(file: Address, other: Address) -> bool:
    """Whether two names are of one file, through links too; a lake is what people read."""
    if isinstance(file, Lake) or isinstance(other, Lake):
        return False
    return file.resolve() == other.resolve() or (file.exists() and other.exists() and file.samefile(other))


def setting_origins(options: dict[str, Any]) -> dict[str, str]:
    """For each setting the place that won: option, environment, missionwire.toml or default."""
    in_file = TomlConfigSettingsSource(Settings)()
    origins = {}
    for name in Settings.model_fields:
        if options.get(name) is not None:
            origins[name] = "option"
        elif f"{PREFIX}{name.upper()}" in os.environ:
            origins[name] = "environment"
        else:
            origins[name] = FILE.name if name in in_file else "default"
    return origins


def _refuse_unknown_variables() -> None:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingsError(
            f"{unknown[0]} is set in the environment, but there is no such setting; known: {', '.join(sorted(known))}"
        )


def _explain(problem: Any, given: dict[str, Any]) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else "settings"
    if name in given:
        place = f"--{name.replace('_', '-')}"
    elif f"{PREFIX}{name.upper()}" in os.environ:
        place = f"{PREFIX}{name.upper()}"
    else:
        place = f"{name} in {FILE}" if FILE.exists() else name
    if problem["type"] == "extra_forbidden":
        return f"{place}: there is no such setting; known: {', '.join(sorted(Settings.model_fields))}"
    value = "" if isinstance(problem["input"], dict) else f" = {without_passwords(repr(problem['input']))}"
    return f"{place}{value}: {problem['msg']}"
