"""`bulletin.toml`: defaults for everything, and mistakes that say where they are."""

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from pipeline import check, config
from pipeline.build.press import style_of
from pipeline.config.reading import with_setting
from pipeline.errors import ConfigError, Mistakes
from pipeline.layout import Style

ROOT = Path(__file__).parent.parent


def mistakes(text):
    with pytest.raises(Mistakes) as caught:
        config.parse(text)
    assert caught.value.exit_code == 3
    return str(caught.value).splitlines()


def test_no_file_is_all_defaults(tmp_path):
    assert config.read(tmp_path / "bulletin.toml") == config.Config()


def test_the_defaults_are_those_of_the_page_itself():
    assert style_of(config.Config()) == Style()


def test_an_empty_file_is_all_defaults():
    assert config.parse("") == config.Config()


def test_what_is_set_is_set_and_the_rest_stays():
    settings = config.parse('[page]\nlayout = "facing"\ntype_size = 11\n[terms]\nlayers = ["a.csv"]\nbank = false\n')
    assert settings.page == config.Page(layout="facing", type_size=11.0)
    assert settings.terms == config.Terms(layers=("a.csv",), bank=False)
    assert settings.masthead == config.Masthead()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\n[page]\nlayuot = "facing"', "bulletin.toml:3: page.layuot is not a setting; the nearest one is layout."),
        ("[pgae]", "bulletin.toml:1: pgae is not a setting; the nearest one is page."),
        ("[terms]\nzzz = 1", "bulletin.toml:2: terms.zzz is not a setting; known here: glossary, layers, bank."),
        ("page = 3", "bulletin.toml:1: page is a section; write [page] and its settings below."),
        ("page.paper = 'A5'", 'bulletin.toml:1: page.paper is "A5"; write one of A4, Letter, A3.'),
        ("[page]\ntype_size = 99", "bulletin.toml:2: page.type_size is 99; write a number from 7 to 16."),
        ("[page]\nratio = '0.5'", 'bulletin.toml:2: page.ratio is "0.5"; write a number from 0.3 to 0.6.'),
        ("[page]\naccent = 'red'", 'bulletin.toml:2: page.accent is "red"; write a colour as in #7a1f1f.'),
        ("[terms]\nbank = 1", "bulletin.toml:2: terms.bank is 1; write true or false."),
        ("[terms]\nglossary = 1", "bulletin.toml:2: terms.glossary is 1; write text in quotes."),
        ("[terms]\nlayers = 'x'", 'bulletin.toml:2: terms.layers is "x"; write a list of texts, as in ["a", "b"].'),
        ("[engine]\nbeam = true", "bulletin.toml:2: engine.beam is true; write a whole number from 1 to 16."),
        ("[engine]\nbeam = 2.5", "bulletin.toml:2: engine.beam is 2.5; write a whole number from 1 to 16."),
        (
            "checks.ignore = 3",
            "bulletin.toml:1: checks.ignore is a list of tables; write [[checks.ignore]] and its settings below.",
        ),
        (
            "[checks]\nignore = [3]",
            "bulletin.toml:2: checks.ignore is a list of tables; write [[checks.ignore]] and its settings below.",
        ),
        ("[[checks]]\nignore = [3]", "bulletin.toml:1: checks is a section; write [checks] and its settings below."),
        ("[masthead]\ndate = 2026-11-27", 'bulletin.toml:2: masthead.date is "2026-11-27"; write text in quotes.'),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_write(text, said):
    assert mistakes(text) == [said]


IGNORED = """[page]
paper = "A4"

[[checks.ignore]]
check = "numbers"
contains = "4.11万台"
reason = "the hospital counts operations so"

[[checks.ignore]]
check = "doubtful"
article = "gaoxin*"
reason = "read by the editor"

[engine]
beam = 3
"""


def test_findings_to_ignore_are_tables_that_know_their_lines():
    settings = config.parse(IGNORED)
    numbers, doubtful = settings.checks.ignore
    assert (numbers.check, numbers.contains, numbers.reason) == (
        "numbers",
        "4.11万台",
        "the hospital counts operations so",
    )
    assert (doubtful.article, doubtful.sentence, doubtful.contains) == ("gaoxin*", "", "")
    assert [one.line for one in settings.checks.ignore] == [4, 9]
    assert settings.engine.beam == 3


def test_a_line_added_above_a_finding_to_ignore_changes_no_setting():
    below = config.parse("# a comment\n" + IGNORED)
    assert repr(below) == repr(config.parse(IGNORED))


WHY = "why this needs no look, in a sentence for the next reader"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('check = "marks"', f'1: checks.ignore has no reason; write reason = "…": {WHY}.'),
        ('check = "marks"\nreason = ""', f'3: checks.ignore.reason is ""; write {WHY}.'),
        ('check = "marks"\nreason = " \\t"', f'3: checks.ignore.reason is " \\t"; write {WHY}.'),
        (
            'check = "marks"\nreasn = "x"\nreason = "x"',
            "3: checks.ignore.reasn is not a setting; the nearest one is reason.",
        ),
        (
            'check = "marks"\nline = 3\nreason = "x"',
            "3: checks.ignore.line is not a setting; known here: check, reason, article, sentence, contains.",
        ),
    ],
)
def test_a_finding_is_ignored_for_a_reason_and_no_other_way(table, said):
    assert mistakes(f"[[checks.ignore]]\n{table}\n") == [f"bulletin.toml:{said}"]


def test_mistakes_in_the_second_table_of_a_list_name_its_lines():
    second = '[[checks.ignore]]\ncheck = "numbers"\nreason = "x"\n[[checks.ignore]]\nreason = "y"\ncheck = "nums"\n'
    (said,) = mistakes(second)
    assert said.startswith('bulletin.toml:6: checks.ignore.check is "nums"; write one of terms, numbers, ')


def test_the_checks_that_can_be_ignored_are_those_there_are():
    assert sorted(config.CHECKS) == sorted(check.NAMES)


def test_all_mistakes_are_told_at_once_in_order_of_line():
    said = mistakes('[terms]\nbank = 1\n[page]\nlayout = "x"\n[terns]\nbank = true\n')
    assert [line.split(":")[1] for line in said] == ["2", "4", "5"]


def test_a_file_that_is_not_toml_names_the_line():
    with pytest.raises(ConfigError, match=r"bulletin\.toml:2: is not TOML: "):
        config.parse("[page]\nlayout = side by side\n")


def test_a_file_in_another_encoding_is_a_mistake_of_configuration(tmp_path):
    (tmp_path / "bulletin.toml").write_bytes("# 高新区".encode("gbk"))
    with pytest.raises(ConfigError, match=r"bulletin\.toml: is not UTF-8 text"):
        config.read(tmp_path / "bulletin.toml")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("", '[engine]\nmodel = "我的 m"\n'),
        ("# mine\n[engine]\nbeam = 2\n", '# mine\n[engine]\nmodel = "我的 m"\nbeam = 2\n'),
        ("[engine]\n# kept\nmodel = 'x' \n[page]\n", '[engine]\n# kept\nmodel = "我的 m"\n[page]\n'),
        ("engine.model = 'x'\n", 'engine.model = "我的 m"\n'),
        (
            "[[checks.ignore]]\ncheck = 'han'\nreason = 'x'\n",
            "[[checks.ignore]]\ncheck = 'han'\nreason = 'x'\n\n[engine]\nmodel = \"我的 m\"\n",
        ),
        (
            "[engine]\nbeam = 2\n[[checks.ignore]]\ncheck = 'han'\nreason = 'x'\n",
            "[engine]\nmodel = \"我的 m\"\nbeam = 2\n[[checks.ignore]]\ncheck = 'han'\nreason = 'x'\n",
        ),
    ],
)
def test_a_setting_is_changed_in_place_and_every_comment_stays(text, becomes):
    changed = with_setting(text, "engine", "model", "我的 m")
    assert changed == becomes
    assert config.parse(changed).engine.model == "我的 m"


def test_the_shipped_file_shows_every_key_with_its_default():
    shipped = (ROOT / "bulletin.toml").read_text("utf-8")
    assert config.parse(shipped) == config.Config()
    spoken = re.sub(r"^# (?=\w+ = )", "", shipped, flags=re.MULTILINE)
    shown = tomllib.loads(spoken)
    assert {name: sorted(keys) for name, keys in shown.items()} == {
        name: sorted(keys) for name, keys in asdict(config.Config()).items()
    }
    assert config.parse(spoken) == config.Config()
