# What a person types. CI runs `make test`, by way of .ci/run.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

swift_code := Package.swift Sources Tests
# SwiftPM lets a target import a sibling that it does not declare, unless told otherwise.
import_check := --explicit-target-dependency-import-check error

# With Swift's libraries inside, the program starts sooner, needs less memory, and runs without Swift.
shipped := --configuration release --static-swift-stdlib

# Three runs: what only computes, what waits for small servers, and whole worlds of processes. All at
# once they would wait for a processor beyond their deadlines.
run_tests := swift test --skip-build $(import_check)
computing := '^(ReleaseCoreTests|TidyTests|DocsTests)\.'
journeys := '^JourneyTests\.'
at_once := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH

.PHONY: help demo build test lint format bench clean system python

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: system ## Build in release configuration and run `release demo` (DEMO=--keep leaves it running)
	swift build $(shipped) --product sample-service
	swift build $(shipped) --product release
	"$$(swift build $(shipped) --show-bin-path)/release" demo $(DEMO)

build: system ## Build everything in debug configuration, warnings as errors
	swift build --build-tests $(import_check)

test: lint python build ## Check format, build, and run all tests: what CI runs
	$(run_tests) --filter $(computing)
	$(at_once)=8 $(run_tests) --skip $(computing) --skip $(journeys)
	$(at_once)=4 $(run_tests) --filter $(journeys)
	Scripts/python-check.sh
	Scripts/descriptors-check.sh

lint: ## Check the format of all Swift code
	swift format lint --strict --parallel -r $(swift_code)

format: ## Rewrite all Swift code in the project's format
	swift format --in-place --parallel -r $(swift_code)

bench: system python ## Measure `release` side by side with the usual way
	Benchmarks/run.sh

clean: ## Remove what was built and downloaded
	rm -rf .build .cache

# Packages of the system, as far as they are missing.
system:
	@Scripts/install-debian.sh

# The Python environments of the tests, made before the tests so that none of them waits for pip,
# and the programs that only tests need.
python: system
	@Scripts/install-debian.sh --tests
	@Scripts/python-env.sh mlflow3 >/dev/null
	@Scripts/python-env.sh mlflow2 >/dev/null
	@Scripts/python-env.sh standins >/dev/null
	@Scripts/python-env.sh descriptors >/dev/null
