"""Does the recipe hold together? Trains a toy model for a minute on the term bank and builds a bulletin with it.

    python training/smoke.py [--minutes 1]

Runs every step on CPU in a folder of its own, exports an Argos package and calls the pipeline with it, so that the
package, the tokenizer and the term notation are seen to fit. The toy's English is rubbish; nobody looks at it.
"""

import argparse
import lzma
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIPELINE_PYTHON = ROOT / ".venv/bin/python"


def term_bank(out: Path) -> Path:
    """The term bank as a corpus of pairs."""
    rows = (line.split("\t") for line in (ROOT / "pipeline/data/official.tsv").read_text(encoding="utf-8").splitlines())
    with lzma.open(out, "wt", encoding="utf-8") as file:
        file.writelines(f"{row[1]}\t{row[2]}\n" for row in rows)
    return out


def step(program: str, *options: object) -> None:
    """Run one program of the recipe; its failure is ours."""
    print(f"— {program}", flush=True)
    environment = os.environ | {"OMP_NUM_THREADS": "1"}  # a toy gains nothing from threads, and loses all where cores are busy
    subprocess.run([sys.executable, str(ROOT / "training" / program), *map(str, options)], check=True, env=environment)


def bulletin(package: Path, folder: Path) -> None:
    """Build one small article with the package, in a project of its own; its term must stand in the page."""
    (folder / "articles").mkdir(parents=True)
    (folder / "articles/smoke.md").write_text("# 高新区召开大会\n\n高新区将加快建设。\n", encoding="utf-8")
    shutil.copy(ROOT / "glossary.csv", folder)
    # The checks may find errors in a toy's English, and exit code 1 says so; what counts is the page.
    subprocess.run([str(PIPELINE_PYTHON), "-m", "pipeline", "build", "--model", str(package)], check=False, cwd=folder,
                   env=os.environ | {"PYTHONPATH": str(ROOT)})
    if "High-tech Zone" not in (folder / "output/smoke/smoke.html").read_text(encoding="utf-8"):
        sys.exit("The bulletin that the toy model made lacks its fixed term.")


def main() -> None:
    """Run all steps."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=1)
    options.add_argument("--eval", type=Path, help="evaluation sets to keep out (none by default)")
    a = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, run, package = folder / "data", folder / "run", folder / "toy.argosmodel"
        (folder / "none").mkdir()
        step("clean.py", data, "--eval", a.eval or folder / "none", f"{term_bank(folder / 'terms.tsv.xz')}:2")
        step("annotate.py", data, "--share", 1)
        step("pack.py", data, "--vocab", 3000, "--shard", 1000)
        step("train.py", data, run, "--minutes", a.minutes, "--size", "toy", "--rows", 4, "--workers", 0, "--no-compile")
        step("export.py", run / "model.npz", data, package, "--version", "0.0")
        bulletin(package, folder / "project")
    print("The recipe holds together.")


if __name__ == "__main__":
    main()
