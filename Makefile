# Plain verbs for a developer; CI runs the same programs by .ci/run.
PYTHON := .venv/bin/python
CSS := .venv/bin/css-beautify --indent-size=2 --end-with-newline
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header

.PHONY: demo test tools format lint types contracts migrations messages bench lock

demo:
	python3 quickstart.py demo

test:
	python3 quickstart.py test

tools:
	@python3 -c 'import quickstart, sys; sys.exit(quickstart.prepare("dev"))'

format: tools
	$(PYTHON) -m ruff format .
	.venv/bin/djangofmt templates
	for sheet in static/*.css; do $(CSS) --replace $$sheet || exit 1; done

lint: tools
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	.venv/bin/djangofmt --check templates
	for sheet in static/*.css; do $(CSS) $$sheet | diff -u $$sheet - || exit 1; done

types: tools
	$(PYTHON) -m mypy

contracts: tools
	.venv/bin/lint-imports

migrations: tools
	FACTCHECK_ENV=test $(PYTHON) manage.py makemigrations --check --dry-run

# After a change of texts: locale/*/LC_MESSAGES/django.po get the new ones, empty, and lose those that are gone.
messages: tools
	DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) -m tests.project.messages

bench: tools
	$(PYTHON) -m benchmarks

# After a change in pyproject.toml. Where uv needs an index of your own, name it in UV_DEFAULT_INDEX, never in a file.
lock: tools
	$(COMPILE) pyproject.toml -o requirements/base.txt
	$(COMPILE) pyproject.toml --extra test -c requirements/base.txt -o requirements/test.txt
	$(COMPILE) pyproject.toml --extra test --extra dev -c requirements/test.txt -o requirements/dev.txt
	echo uv | $(COMPILE) - -o requirements/uv.txt
	$(PYTHON) requirements/check.py
