"""Which tests run on which kind of warehouse.

A room says `pytestmark = pytest.mark.usefixtures("kind")`: its tests run on the DuckDB file, and on a lake when the
long tests run. A test that is about the file, or that a lake would only repeat, says so: `@pytest.mark.file_only(why)`.
Of a test with several cases the first one runs on a lake: cases differ in the rule, not in where rows lie.
"""

import pytest

from tests.postgres import running_postgres
from tests.warehouse.kinds import KIND, Lakes

_LAKE = pytest.param("lake", marks=pytest.mark.long)


def pytest_generate_tests(metafunc):
    if "kind" in metafunc.fixturenames:
        is_file_only = metafunc.definition.get_closest_marker("file_only")
        metafunc.parametrize("kind", ["file"] if is_file_only else ["file", _LAKE], indirect=True)


def pytest_collection_modifyitems(config, items):
    later = [item for item in items if _is_later_case_on_lake(item)]
    if later:
        config.hook.pytest_deselected(items=later)
        items[:] = [item for item in items if item not in set(later)]


def _is_later_case_on_lake(item):
    case = getattr(item, "callspec", None)
    if case is None or case.params.get("kind") != "lake":
        return False
    return any(index for name, index in case.indices.items() if name != "kind")


@pytest.fixture(scope="session")
def postgres():
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def lakes(postgres):
    return Lakes(postgres)


@pytest.fixture
def kind(request):
    """Let `ledger_of` and its like mean the file, or a lake."""
    if request.param == "file":
        yield
        return
    lakes = request.getfixturevalue("lakes")
    chosen = KIND.set(lakes)
    yield
    KIND.reset(chosen)
    lakes.forget()
