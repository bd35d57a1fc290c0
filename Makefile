# SPDX-License-Identifier: MIT
# Every task sets up what it needs first; a second call starts at once.
# Windows and macOS without make: `python installers/bootstrap.py run` does the same.
.PHONY: help run test check setup setup-dev package shots sample bench soak lock clean
.DEFAULT_GOAL := help

help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | \
		while IFS='|' read -r task text; do printf '%-16s %s\n' "$$task" "$$text"; done

run: ## Start Evenfield
	@sh installers/start.sh run $(ARGS)

test: ## Check style, types and layers, then run all tests (ARGS="-k name" picks some)
	@sh installers/start.sh test $(ARGS)

check: ## Check style, types and layers only
	@sh installers/start.sh check

setup: ## Set up what `make run` needs, without starting
	@sh installers/start.sh setup

setup-dev: ## Set up what the other tasks need
	@sh installers/start.sh setup-dev

package: ## Freeze the program into dist/evenfield and test it without Python
	@sh installers/start.sh package $(ARGS)

shots: ## Take the pictures in docs/screenshots
	@sh installers/start.sh shots $(ARGS)

sample: ## Make the sample plan in resources/sample anew
	@sh installers/start.sh sample

bench: ## Measure the speed of the main paths (see bench/README.md)
	@sh installers/start.sh bench $(ARGS)

soak: ## Run the long tests: random walks, kills, mutated files
	@sh installers/start.sh soak $(ARGS)

lock: ## Write requirements*.lock anew from pyproject.toml
	@sh installers/start.sh lock

clean: ## Remove what the set-up and the tasks made
	rm -rf .venv .setup build dist resources/vendor resources/map/node_modules
