# The Python to make the virtual environment with, for example PYTHON=python3.13
PYTHON ?= python3
# More words for the command that runs, for example: make run ARGS="--port 9000"
ARGS ?=

.PHONY: help run demo test check bench lock clean

help:
	@echo "make run     install what is needed and serve the product on this machine"
	@echo "make demo    fill it with example audits and published reports"
	@echo "make test    run every test, in a browser and on PostgreSQL too"
	@echo "make check   format, lint, types and import contracts"
	@echo "make bench   measure, beside a floor in the same run"
	@echo "make lock    compile requirements.lock from pyproject.toml (ARGS=--upgrade for newer packages)"
	@echo "make clean   remove the virtual environment and everything that was generated, but no data"

run:
	@$(PYTHON) .ci/prepare.py run
	@.venv/bin/auditapp serve $(ARGS)

demo:
	@$(PYTHON) .ci/prepare.py run
	@.venv/bin/auditapp demo $(ARGS)

# One worker for each core but at most four: each may hold a browser and a database server.
test:
	@$(PYTHON) .ci/prepare.py test
	@.venv/bin/python -m pytest -n logical --maxprocesses 4 --dist loadscope --cov --cov-report term-missing $(ARGS)

check:
	@$(PYTHON) .ci/prepare.py test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

# One process: measurements beside other tests would measure these, too.
bench:
	@$(PYTHON) .ci/prepare.py test
	@.venv/bin/python -m pytest tests/benchmarks -m benchmark --capture no $(ARGS)

lock:
	@$(PYTHON) .ci/prepare.py test
	@.venv/bin/python .ci/lock.py $(ARGS)

clean:
	rm -rf .venv .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -rf dist htmlcov test-results
	find auditapp tests .ci -type d -name __pycache__ -prune -exec rm -rf {} +
