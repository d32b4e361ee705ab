# `make demo` and `make test` are all that a newcomer needs; both do their own set-up.
PYTHON = .venv/bin/python
LOCK = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-header pyproject.toml
.PHONY: demo test branches check fast bench pictures lock messages running setup testing

demo: running   ## the demonstration company, loaded where it is missing, then served
	.venv/bin/remit demo

test: testing   ## the whole suite, on SQLite and on PostgreSQL
	$(PYTHON) tools/suite.py

branches: testing   ## the suite on SQLite, with the share of branches that it runs
	$(PYTHON) tools/suite.py --branches

check: setup   ## static checks
	$(PYTHON) tools/static.py

fast: setup   ## the tests that take little time
	$(PYTHON) -m pytest -m "not e2e and not data and not slow"

bench: setup   ## figures of speed, as a table
	$(PYTHON) -m pip install --quiet --no-deps --require-hashes --requirement requirements-bench.lock
	$(PYTHON) -m pip install --quiet --no-deps --require-hashes --requirement requirements-spark.lock
	$(PYTHON) -m bench

pictures: setup   ## a picture of every page, in every language and theme
	$(PYTHON) tools/pictures.py

lock: setup   ## remake the lock after pyproject.toml has changed
	$(LOCK) --extra demo --extra running --output-file requirements.lock
	$(LOCK) --extra demo --extra running --extra dev --constraints requirements.lock \
		--output-file requirements-dev.lock
	$(LOCK) --extra bench --constraints requirements-dev.lock --output-file requirements-bench.lock
	$(LOCK) --extra spark --constraints requirements-dev.lock --output-file requirements-spark.lock

messages: setup   ## extract, check, derive and compile the translations
	$(PYTHON) tools/messages.py

running:   # what running needs; the tools of development come with the first of the other commands
	@tools/setup running

setup:
	@tools/setup

testing:   # and a Spark cluster to compare with
	@tools/setup testing
