# `make` builds every article; `make help` lists the rest. Nothing here but order: the work is in pipeline/.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet install --no-deps --require-hashes
SIDE_BY_SIDE := --numprocesses auto --dist loadfile --no-loadscope-reorder
UV_VERSION := 0.13.9
COMPILE := .cache/uv/bin/uv pip compile --quiet --python-version 3.11 --universal --generate-hashes \
           --override requirements-left-out.txt --no-header --no-annotate
# Programs of the system that some tests drive: Debian's packages, and the markers of the tests that have to be left out without them.
DEBIAN_PACKAGES := chromium-headless-shell libreoffice-calc-nogui libreoffice-writer-nogui php-symfony-translation
LEFT_OUT = $(shell { command -v chromium-headless-shell || { dpkg -s chromium && command -v chromium; }; } >/dev/null 2>&1 || echo browser)
SPACE := $() $()

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.PHONY: build check review apply serve glossary test lint test-browser programs golden bench bench-argos bench-pdf bench-ratio bench-terms \
        bench-matching bench-numbers bench-doubt bench-review evaluate gallery lock clean distclean help

build: $(VENV)/ready ## build every article in articles/ into output/ (the default)
	@$(RUN) -m pipeline build

check: $(VENV)/ready ## read, translate and check every article; write no page
	@$(RUN) -m pipeline check

serve: $(VENV)/ready ## correct and approve sentences in the browser; the pages and PDFs follow
	@$(RUN) -m pipeline serve --open

glossary: $(VENV)/ready ## check glossary.csv, show where its terms are used, and suggest what is missing
	@$(RUN) -m pipeline glossary check && $(RUN) -m pipeline glossary use && $(RUN) -m pipeline glossary suggest

review: $(VENV)/ready ## build, then write each bulletin for reviewers, as .xlsx, .docx and .xlf, into output/NAME/review/
	@$(RUN) -m pipeline build || test $$? = 1
	@$(RUN) -m pipeline review export

apply: $(VENV)/ready ## take in what reviewers wrote there (and in FILES="a.xlsx b.docx"), then build
	@$(RUN) -m pipeline build || test $$? = 1
	@$(RUN) -m pipeline review import --found $(FILES); taken=$$?; $(RUN) -m pipeline build && exit $$taken

test: lint programs ## everything that CI runs; tests that drive a browser run where Debian's chromium is
	$(RUN) -m pytest $(SIDE_BY_SIDE) $(if $(LEFT_OUT),-m 'not ($(subst $(SPACE), or ,$(LEFT_OUT)))')
	@$(if $(LEFT_OUT),echo "Left out: the tests marked $(LEFT_OUT). To run them too: apt-get install $(DEBIAN_PACKAGES)")

lint: $(VENV)/ready-for-tests ## the part of `make test` that reads the code
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	$(RUN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(RUN) -m codespell_lib
	$(RUN) -m deptry .

test-browser: $(VENV)/ready-for-tests programs ## drive Debian's Chromium over the pages
	@test -z "$(LEFT_OUT)" || { echo "There is no Chromium to drive: apt-get install chromium-headless-shell." >&2; exit 1; }
	$(RUN) -m pytest $(SIDE_BY_SIDE) -m browser

programs: ## what some tests drive, from Debian: in CI, as root, it is installed; elsewhere nothing is done
	@test "$${CI:-false}" = false || test "$$(id -u)" != 0 || ! command -v apt-get >/dev/null \
	|| dpkg -s $(DEBIAN_PACKAGES) >/dev/null 2>&1 \
	|| { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(DEBIAN_PACKAGES); } >/dev/null \
	|| echo "apt-get could not install $(DEBIAN_PACKAGES): their tests are left out." >&2

golden: $(VENV)/ready-for-tests ## draw tests/golden/ anew, the pictures that pages are compared with
	$(RUN) tests/golden_pages.py

bench: $(VENV)/ready-for-tests ## time every stage, and the translation against Argos's own way
	$(RUN) -m benchmarks.translation

bench-argos: .cache/argos/ready ## set up Argos's own way, extras and all (6 GB), for `make bench` to compare with

bench-pdf: $(VENV)/ready-for-tests ## pages a second, against plain WeasyPrint with whole fonts
	$(RUN) benchmarks/pdf.py

bench-ratio: $(VENV)/ready-for-tests ## which share of the width the Chinese column should have, from what is in output/
	$(RUN) benchmarks/ratio.py

bench-terms: $(VENV)/ready-for-tests ## measure every rung of the term ladder; docs/terms.md keeps the tables
	$(RUN) -m benchmarks.terms

bench-matching: $(VENV)/ready-for-tests ## how fast terms are found, against a regular expression
	$(RUN) -m benchmarks.matching

bench-numbers: $(VENV)/ready-for-tests ## how many planted errors the number check finds, and its false alarms
	$(RUN) -m benchmarks.number_check ../shared/eval/flores200_dev

bench-review: $(VENV)/ready-for-tests ## seconds to take in 20,000 corrections, memory to hand out 1,000 bulletins
	$(RUN) -m benchmarks.review

bench-doubt: $(VENV)/ready-for-tests ## how far the model's own score tells poor English from good
	$(RUN) -m benchmarks.doubt ../shared/eval/newstest2017 ../shared/eval/flores200_dev

evaluate: $(VENV)/ready-for-tests ## score the English of the package in use
	$(RUN) -m training.evaluate

gallery: $(VENV)/ready-for-tests ## draw pages of the first article in every layout into docs/gallery/
	PYTHONPATH=. $(RUN) docs/make_gallery.py

lock: ## write requirements.lock and requirements-dev.lock anew from the .in files
	$(PYTHON) -m venv .cache/uv
	.cache/uv/bin/python -m pip --disable-pip-version-check --quiet install uv==$(UV_VERSION)
	$(COMPILE) --output-file requirements.lock requirements.in
	$(COMPILE) --output-file requirements-dev.lock requirements-dev.in

clean: ## remove what was built; what was translated stays in .cache/, and what reviewers may have written in output/
	find output -mindepth 1 ! -type d ! -name .gitkeep ! -path 'output/*/review/*' -delete
	find output -mindepth 1 -type d -empty -delete
	rm -rf .cache/built

distclean: clean ## remove .venv and every cache too
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

# The machine is looked at before anything is set up, by a module that needs nothing but Python.
$(VENV)/ready: requirements.lock
	@$(PYTHON) -m pipeline.system
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.lock
	@touch $@

# What the pipeline goes without: sentence splitters and PyTorch. For comparison only.
.cache/argos/ready: Makefile
	$(PYTHON) -m venv .cache/argos
	.cache/argos/bin/python -m pip --disable-pip-version-check --quiet install torch==2.13.0 argostranslate==1.11.0
	@touch $@

$(VENV)/ready-for-tests: requirements-dev.lock $(VENV)/ready
	$(PIP) -r requirements-dev.lock
	@touch $@
