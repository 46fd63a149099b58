# MedAccord: the verbs. `make` prints them. Each does its own set-up; nothing but npm and Node 20 or later is needed.
.DEFAULT_GOAL := help
SHELL := /bin/sh
RUN := .config/with-node
MEDACCORD := $(RUN) node --disable-warning=ExperimentalWarning network/dist/cli/main.js

.PHONY: help demo test up down status fabric-up fabric-down fabric-reset test-fabric faults-fabric bench bench-fabric mutants oracle build lint check clean

help: ## Print this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

node_modules/.package-lock.json: package-lock.json
	@echo "medaccord: installing npm packages…"
	@$(RUN) npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

build: node_modules/.package-lock.json ## Install packages and compile everything
	@$(RUN) npm run --silent build

demo: build ## Start four organisations, adjudicate a claim file, show what happened (FILE=path ENROLL=yes for any 837 file)
	@$(RUN) node --disable-warning=ExperimentalWarning test/dist/demo/main.js $(if $(FILE),--file "$(FILE)") $(if $(filter yes,$(ENROLL)),--enroll)

test: build lint ## Build, lint and run every test
	@$(RUN) npm test --silent -- --json --outputFile=.medaccord/test-results.json >/dev/null

lint: build ## Check style, determinism and layers
	@$(RUN) npm run --silent lint

up: build ## Start the embedded network, gateways and identity provider, enter the demo's people and plan, and leave it running
	@$(MEDACCORD) up
	@$(RUN) node test/dist/demo/prepare.js

down: build ## Stop what `make up` started
	@$(MEDACCORD) down

status: build ## Show what runs and whether it is ready
	@$(MEDACCORD) status

fabric-up: build ## The same stack on real Fabric 3.1.5 (FABRIC_BIN, .medaccord/fabric/bin or PATH)
	@$(MEDACCORD) fabric-up
	@$(RUN) node test/dist/demo/prepare.js

fabric-down: build ## Stop the Fabric network; its data stays
	@$(MEDACCORD) fabric-down

fabric-reset: build ## Stop the Fabric network and delete its data
	@$(MEDACCORD) fabric-reset

test-fabric: build ## Run conformance suite, stories and tests on real Fabric, compare with the embedded network, write the report
	@$(RUN) node --disable-warning=ExperimentalWarning test/dist/fabric-report/main.js

faults-fabric: build ## Kill, cut off and corrupt parts of real Fabric under a load of claims; print the table and write test/faults/REPORT.md
	@$(RUN) node --disable-warning=ExperimentalWarning --disable-warning=DEP0123 test/dist/faults/fabric/main.js $(if $(ONLY),--only $(ONLY) --report .medaccord/faults.md)

bench: build ## Measure the embedded network against a named baseline and write a report
	@$(RUN) node test/dist/bench/main.js

bench-fabric: build ## Measure claims on real Fabric beside a baseline on the same network (SECONDS=60 for each measurement)
	@$(RUN) node --disable-warning=ExperimentalWarning test/dist/bench/fabric/main.js $(if $(SECONDS),--seconds $(SECONDS))

mutants: build ## Disable each guard of the embedded network, and change each rule of the domain, and show which test notices
	@$(RUN) node test/dist/mutants/main.js
	@$(RUN) npx stryker run .config/stryker.config.js
	@$(RUN) node test/dist/mutants/rules/rule-report.js

oracle: build ## Compare committed claims with an independent answer key in Python 3 (SEED=1 CLAIMS=10000, MUTANTS=yes)
	@$(RUN) node --disable-warning=ExperimentalWarning test/dist/oracle/main.js --seed $(or $(SEED),1) --claims $(or $(CLAIMS),10000) $(if $(filter yes,$(MUTANTS)),--mutants)

clean: ## Delete what was built and every generated state
	@rm -rf .medaccord chaincode/*/dist network/dist gateway-api/dist test/dist
