# `make demo` and `make test` are all that a newcomer needs; both do their own set-up.
PYTHON = .venv/bin/python
<<<<<<< HEAD
COMPILE = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-header
.PHONY: demo test check fast bench pictures lock messages setup
=======
LOCK = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.12 --generate-hashes \
	--no-emit-index-url --no-header pyproject.toml
.PHONY: demo test check fast bench pictures lock messages running setup
>>>>>>> 3feef6a7bbae0b5388ecf8bd9f9ae177a664ff37

demo: running   ## the demonstration company, loaded where it is missing, then served
	.venv/bin/remit demo

test: setup   ## the whole suite, on SQLite and on PostgreSQL
	$(PYTHON) tools/suite.py

check: setup   ## static checks
	$(PYTHON) tools/static.py

fast: setup   ## the tests that take little time
	$(PYTHON) -m pytest -m "not e2e and not data and not slow"

bench: setup   ## figures of speed, as a table
	$(PYTHON) -m pip install --quiet --no-deps --require-hashes --requirement requirements-bench.lock
	$(PYTHON) -m bench

pictures: setup   ## a picture of every page, in every language and theme
	$(PYTHON) tools/pictures.py

lock: setup   ## remake the lock after pyproject.toml has changed
<<<<<<< HEAD
	$(COMPILE) --extra demo --extra dev pyproject.toml --output-file requirements.lock
	$(COMPILE) --extra bench pyproject.toml --constraints requirements.lock --output-file requirements-bench.lock
=======
	$(LOCK) --extra demo --extra running --output-file requirements.lock
	$(LOCK) --all-extras --constraints requirements.lock --output-file requirements-dev.lock
>>>>>>> 3feef6a7bbae0b5388ecf8bd9f9ae177a664ff37

messages: setup   ## extract, check, derive and compile the translations
	$(PYTHON) tools/messages.py

running:   # what running needs; the tools of development come with the first of the other commands
	@tools/setup running

setup:
	@tools/setup
