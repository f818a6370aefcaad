"""What every test gets: no network (pytest-socket), no home of the user's, a folder of its own for a project."""

import fcntl
import os
import shutil
from pathlib import Path

import hypothesis
import pytest
from parrot import PACKAGE, Parrot

from pipeline import cli

ROOT = Path(__file__).parent.parent
SEED = ROOT / "articles" / "gaoxin-shibao-page.txt"

# A busy machine is no failure. CI tries the same examples each time; at a desk new ones are tried.
PATIENT = {"deadline": None, "suppress_health_check": [hypothesis.HealthCheck.too_slow]}
hypothesis.settings.register_profile("desk", **PATIENT)
hypothesis.settings.register_profile("ci", **PATIENT, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


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
def unprinted(monkeypatch):
    """PDFs are only called so: for tests that look at no page."""
    monkeypatch.setattr("pipeline.pdf.to_pdf", lambda *_, **__: b"%PDF-1.7")


@pytest.fixture
def parrot_project(project, unprinted, monkeypatch):
    """A project without terms, a parrot for an engine, and PDFs that are only called so."""
    Parrot.asked.clear()
    monkeypatch.setattr("pipeline.argos.find", lambda *_, **__: PACKAGE)
    monkeypatch.setattr("pipeline.argos.Argos", Parrot)
    (project / "bulletin.toml").write_text("[terms]\nbank = false\n", "utf-8")
    return project


QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Modules with dear tests first: `make test` gives a worker whole modules, and none should come last."""
    dear = {item.module for item in items if any(map(item.get_closest_marker, ("slow", "engine", "browser", "office")))}
    items.sort(key=lambda item: item.module not in dear)


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium, driven by playwright; for tests marked `browser` and `enable_socket`.

    Its shell without windows shows the same pages and takes a third of the processor time for one.
    """
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("these tests need Debian's package chromium-headless-shell, or chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A project with the first article, built once for all workers; tests that change it take a copy."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return _build(tmp_path_factory.mktemp("built") / "新 project", tmp_path_factory)
    folder = tmp_path_factory.getbasetemp().parent / f"built-{run}"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            _build(folder / "新 project", tmp_path_factory)
            (folder / "done").touch()
    return folder / "新 project"


def _build(project, tmp_path_factory):
    (project / "articles").mkdir(parents=True)
    shutil.copy(SEED, project / "articles")
    shutil.copy(ROOT / "glossary.csv", project)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("share")))
        assert cli.main(["build", "--jobs", "1"]) == 0
    return project


@pytest.fixture
def copy(built, tmp_path, monkeypatch):
    """The built project to play with; times are kept, so that nothing in it is stale."""
    folder = tmp_path / "新 copy"
    shutil.copytree(built, folder, copy_function=shutil.copy2, ignore=shutil.ignore_patterns("models"))
    (folder / ".cache" / "models").symlink_to(built / ".cache" / "models")
    monkeypatch.chdir(folder)
    return folder
