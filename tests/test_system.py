"""What the machine must bring is looked at first, and said in one sentence."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import system
from pipeline.errors import SystemLibraryError


def test_this_machine_is_ready():
    system.ready()


def test_an_old_python_is_told_which_one_is_needed(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemLibraryError) as caught:
        system.ready()
    assert str(caught.value) == (
        "this is Python 3.9, and the pipeline needs 3.11; install Python 3.11 or newer and run make PYTHON=python3.11."
    )


def test_a_missing_library_is_named_with_the_command_that_brings_it(monkeypatch):
    monkeypatch.setitem(system.LIBRARIES, "Pango", ("libnowhere.so.9", "nowhere"))
    monkeypatch.setattr(system, "_family", lambda _release: "debian")
    with pytest.raises(SystemLibraryError) as caught:
        system.ready()
    assert str(caught.value) == (
        "Pango cannot be found, and no PDF can be made; "
        "run apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."
    )
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("release", "family"),
    [
        ('ID=debian\nVERSION_ID="12"\n', "debian"),
        ('NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', "debian"),
        ('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', "suse"),
        ("ID=nixos\n", ""),
        ("", ""),
    ],
)
def test_the_family_of_a_system_is_read_from_what_it_says_of_itself(release, family):
    assert system._family(release) == family


def test_an_unknown_system_is_still_told_what_is_missing(monkeypatch):
    monkeypatch.setitem(system.LIBRARIES, "Pango", ("nowhere",))
    monkeypatch.setattr(system, "_family", lambda _release: "")
    with pytest.raises(SystemLibraryError, match="install Pango with the package manager of this system"):
        system.ready()


def test_make_can_ask_before_anything_is_installed():
    asked = subprocess.run([sys.executable, "-I", "-S", "-c", _BARE], capture_output=True, text=True, check=False)
    assert (asked.returncode, asked.stderr) == (0, "")


_BARE = f"""
import sys
sys.path.insert(0, {str(Path(system.__file__).parent.parent)!r})
from pipeline import system
sys.exit(system.main())
"""
