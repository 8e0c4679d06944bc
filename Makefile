# The doors of the house. A newcomer needs two: `make run` and `make test`.
# Wanted beforehand: make and Python 3.11 or later. Everything else is fetched by these targets.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$p && break; done)
PY := .venv/bin/python
ASSETS := $(PY) -P exposure/assets.py
NODE := $(ASSETS) node
# Nothing is installed but what lock/ holds, file by file with its hash, from whatever index pip asks. No two locks name
# the same package, and together they are whole: so nobody has to look for what a package needs, and two may be fetched
# at once.
LOCKED := $(PY) -m pip install -q --require-hashes --no-deps
# Two at a time, and what each command says stays together.
TWO := $(MAKE) --no-print-directory -j2 -Oline
ONLY ?=
ARGS ?=
DIST ?= dist

.PHONY: run demo install wheel test check assets words shots bench lines prove api lock audit machine checks clean
.PHONY: pure typed types ruff
.DEFAULT_GOAL := run

run: .venv/.run assets                ## the app at http://localhost:8000
	@$(PY) -m exposure.cli serve $(ARGS)

demo: .venv/.run assets               ## somebody with a filled ladder, to look around; says how to sign in
	@$(PY) -m exposure.cli demo $(ARGS)

install: assets .venv/.dev            ## everything for working on it

test:                                 ## everything that can be proved in 25 minutes
	@$(TWO) install machine checks
	$(PY) .ci/whole $(ARGS)

check:                                ## ruff, mypy, tsc, the house rules, the browser's pure modules
	@$(TWO) install checks
	$(PY) -m pytest -q -p no:randomly tests/test_house.py

checks: pure typed types ruff

ruff: .venv/.dev .venv/.run
	.venv/bin/ruff check .
typed: .venv/.dev .venv/.run
	.venv/bin/mypy
types: assets
	$(NODE) node_modules/typescript/bin/tsc -p tsconfig.json
	$(NODE) node_modules/typescript/bin/tsc -p tsconfig.worker.json
pure: assets
	$(NODE) --test --test-reporter=dot $$(find tests/js -name '*.test.*js' | sort)

wheel: .venv/.run assets              ## what is installed where Ippo is kept running, into ./dist
	@$(PY) -m pip wheel -q --no-index --no-deps --no-build-isolation -w $(DIST) .
	@ls $(DIST)/*.whl

assets: | .venv/.run                   ## bundle, catalogues and data files, where their sources are newer
	@$(ASSETS)

words: .venv/.run                     ## find new sentences and lay them into the catalogues
	@mkdir -p .make
	@flock .make/words.lock $(PY) .ci/words $(ARGS)

shots: install machine                ## a picture of every screen, in ./shots
	$(PY) -m tests.browser.shots $(ARGS)

bench: install .venv/.bench .make/peers ## one JSON object a line; ONLY=request, growth, seal, coedit, dispatch, claim, tick, busy
	$(PY) -m tests.bench $(ONLY)

api: .venv/.dev .venv/.run            ## docs/openapi.json, from what the code reads and tells
	$(PY) -m tests.api

lines: .venv/.run                     ## which lines to call want to be looked up again; for a release
	$(PY) -m exposure.lines

prove: install machine                ## the full figures of every promise, into docs/proof.md; ARGS="-k kill" for some
	IPPO_WHOLE_BROWSER=1 $(PY) -m pytest -p no:randomly -m "nightly or promise" --write-proof $(ARGS)

lock: .make/supply                    ## lock/*.txt anew from pyproject.toml; ARGS=--upgrade lets versions rise
	$(PY) .ci/lock $(ARGS)

audit: .make/supply assets            ## asks whether anything in the locks is known to be broken
	$(PY) .ci/audit $(ARGS)

machine: | $(PY)
	@sh .ci/need

clean:
	rm -rf .venv .make node_modules static/built build dist

# --- the workroom: a virtual environment, and a stamp for what has been put into it ------------------------------------
$(PY):
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Ippo needs Python 3.11 or later."; exit 1; }
	@echo "Making a Python environment in .venv."
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; sh .ci/need python3-venv && $(PYTHON) -m venv .venv; }
	@$(LOCKED) -r lock/pip.txt

.venv/.run: pyproject.toml lock/app.txt lock/workshop.txt lock/node.txt | $(PY)
	@echo "Fetching what Ippo stands on. The first time takes a minute or two."
	@$(LOCKED) -r lock/app.txt -r lock/workshop.txt
	@command -v node >/dev/null && command -v npm >/dev/null || $(LOCKED) -r lock/node.txt
	@$(PY) -m pip install -q --no-index --no-deps --no-build-isolation -e .
	@touch $@

.venv/.bench: .venv/.dev lock/bench.txt
	@$(LOCKED) --no-build-isolation -r lock/bench.txt
	@touch $@

# Beside ours, not in it: what watches over the locks brings thirty packages of its own.
.make/supply: lock/supply.txt | $(PY)
	@$(PY) -m venv --clear $@
	@.make/supply/bin/python -m pip install -q --require-hashes -r lock/supply.txt
	@touch $@

.make/peers:
	@mkdir -p $@
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix $@ web-push@3.6.7 || echo "Without Node's web-push."

.venv/.dev: pyproject.toml lock/dev.txt | $(PY)
	@echo "Fetching what it is worked on with. The first time takes a minute or two."
	@$(LOCKED) -r lock/dev.txt
	@touch $@
