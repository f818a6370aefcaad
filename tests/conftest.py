"""What every test gets: no network (pytest-socket), no home of the user's, a folder of its own for a project."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEED = ROOT / "articles" / "gaoxin-shibao-page.txt"


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path_factory, monkeypatch):
    """Tests neither see the user's installed packages and caches nor leave anything there."""
    home = tmp_path_factory.mktemp("home")
    for variable, folder in {
        "HOME": ".",
        "XDG_DATA_HOME": "share",
        "XDG_CONFIG_HOME": "config",
        "XDG_CACHE_HOME": "cache",
        "XDG_STATE_HOME": "state",
    }.items():
        monkeypatch.setenv(variable, str(home / folder))
    for variable in ("ARGOS_PACKAGES_DIR", "ARGOS_TRANSLATE_PACKAGE_DIR", "SOURCE_DATE_EPOCH"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An empty project, and the test stands in it: `articles/` and nothing else."""
    folder = tmp_path / "新 project"
    (folder / "articles").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def seed_project(project):
    """A project with the first article and the glossary that the repository ships."""
    shutil.copy(SEED, project / "articles")
    shutil.copy(ROOT / "glossary.csv", project)
    return project
