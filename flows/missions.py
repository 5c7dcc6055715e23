"""Settings -> Missions: the folders under seeds/missions that the settings name."""

from __future__ import annotations

from extractors.errors import SettingsError
from extractors.records import Mission
from extractors.seeds import read_mission
from flows.settings import Settings


def named_missions(settings: Settings) -> tuple[Mission, ...]:
    """Read the missions that the settings name, in that order.

    Raises:
        SettingsError: there is no such mission; says which there are.
        SeedError: a file of one of them is wrong.
    """
    folder = settings.seeds / "missions"
    known = sorted(path.name for path in folder.glob("*/")) if folder.is_dir() else []
    for name in settings.mission_names:
        if name not in known:
            raise SettingsError(f"--mission {name}: {folder} has no such mission; it has {', '.join(known) or 'none'}")
    return tuple(read_mission(folder / name) for name in settings.mission_names)
