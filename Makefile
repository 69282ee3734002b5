# Everything that there is to do with Seatwise. `make` alone says what.
#
# What is missing is installed into this folder (.tools, node_modules), the wasm32 target by rustup. Every step runs only
# when something that it depends on has changed.

WASM_BINDGEN_VERSION := 0.2.129# to the digit the one in Cargo.toml
WORKER_BUILD_VERSION := 0.8.7
WASM_SPLIT_VERSION := 0.2.4# fits the wasm_split_helpers in Cargo.lock
PORT ?= 8787

# bash, so that make runs every line through a shell that knows the PATH below.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

STAMPS := .tools/stamps
FOUND_PATH := $(PATH)
# Node 24 comes as a package and must be found before a Node that the machine may have.
export PATH := $(CURDIR)/node_modules/.bin:$(CURDIR)/.tools/bin:$(HOME)/.cargo/bin:$(PATH)
# worker-build downloads all of these but the splitter unless it is told where they are.
export WASM_BINDGEN_BIN := $(CURDIR)/.tools/bin/wasm-bindgen
export WASM_SPLIT_BIN := $(CURDIR)/.tools/bin/wasm-split-cli
export WASM_OPT_BIN := $(CURDIR)/node_modules/.bin/wasm-opt
export ESBUILD_BIN := $(CURDIR)/node_modules/.bin/esbuild
export WRANGLER_SEND_METRICS := false
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

# Folders stand here beside their files, so that a deleted file is noticed too.
sources = $(shell find $(1) 2>/dev/null)
SHARED := Cargo.toml Cargo.lock $(call sources,domain)
APP_SOURCES := $(SHARED) $(call sources,app style public)
WORKER_SOURCES := $(SHARED) $(call sources,worker/Cargo.toml worker/src)

step = printf '\n\033[1m%s\033[0m\n' '$(1)'
otherwise = || { printf '\n\033[1;31m%s\033[0m\n' '$(1)' >&2; exit 1; }

.PHONY: help run test audit soak bench mail reset deploy screenshots tools build chromium check
.DELETE_ON_ERROR:

help:
	@echo "make run     Seatwise on this machine: http://localhost:$(PORT) (PORT=… for another port)"
	@echo "make mail    the newest letter of the local Seatwise, with the link or code in it"
	@echo "make reset   empties the local database and mail folder"
	@echo "make test    every test there is; ends with how many passed and failed"
	@echo "make audit   recomputes all figures from licences and events; REPAIR=1 puts counters right"
	@echo "make soak    a million random operations on the schema; SEATWISE_SEED repeats a run"
	@echo "make bench   sizes and speeds, one a line: name value unit"
	@echo "make screenshots  takes the README's pictures anew"
	@echo "make deploy  puts Seatwise on Cloudflare, or says what is missing for that"

run: build
	@PORT=$(PORT) node worker/local/run.mjs

mail: node_modules/.package-lock.json
	@node worker/local/mail.mjs

reset:
	@if (exec 3<>/dev/tcp/127.0.0.1/$(PORT)) 2>/dev/null; then echo "Something answers on port $(PORT). Stop \`make run\` first (Ctrl-C), then reset." >&2; exit 1; fi
	@rm -rf .wrangler/state .wrangler/mail
	@echo "The local database and mail folder are empty. \`make run\` puts the demonstration company in again."

test: build chromium $(STAMPS)/scim
	@node tests/run.mjs

audit: build
	@PORT=$(PORT) node worker/local/audit.mjs

soak:
	@SEATWISE_OPERATIONS=$${SEATWISE_OPERATIONS:-1000000} cargo test -p seatwise-tests --test schema machine -- --nocapture

bench: build chromium $(STAMPS)/scim
	@node tests/bench/bench.mjs

screenshots: build chromium
	@node tests/browser/screenshots.mjs

# It builds by itself, for people, once everything is there.
deploy: tools
	@node worker/local/deploy.mjs

# --- What has to be there first -------------------------------------------------------------------------------------

tools: $(STAMPS)/wasm32 $(STAMPS)/wasm-bindgen-$(WASM_BINDGEN_VERSION) $(STAMPS)/wasm-split-$(WASM_SPLIT_VERSION) $(STAMPS)/worker-build-$(WORKER_BUILD_VERSION) node_modules/.package-lock.json

check:
	@command -v rustup >/dev/null $(call otherwise,Rust is missing. Install it with rustup (https://rustup.rs)$(comma) then run this again.)
	@command -v npm >/dev/null $(call otherwise,Node.js with npm is missing. Install both (apt-get install nodejs npm)$(comma) then run this again.)
	@command -v cc >/dev/null $(call otherwise,A C compiler is missing$(comma) which Rust needs as its linker. Install it (apt-get install gcc libc6-dev)$(comma) then run this again.)
comma := ,

$(STAMPS)/wasm32: | check
	@$(call step,1 of 7: the Wasm target for Rust)
	@rustup target add wasm32-unknown-unknown $(call otherwise,rustup could not add the target. Is the network there? `rustup target add wasm32-unknown-unknown` by hand shows more.)
	@mkdir -p $(STAMPS) && touch $@

# Quick to build rather than quick to run: these tools run for a second at a time.
QUICK := CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
define install
	@if [ "$$(.tools/bin/$(3) --version 2>/dev/null | grep -o '$(2)')" != '$(2)' ]; then \
	  if cargo binstall -V >/dev/null 2>&1 && cargo binstall --no-confirm --root .tools $(1)@$(2); then :; \
	  else $(QUICK) CARGO_PROFILE_RELEASE_OPT_LEVEL=$(4) cargo install --locked --root .tools --force $(1)@$(2) \
	    $(call otherwise,$(1) could not be installed. The lines above say why; without a network there is no way. Run this again to go on.); fi; fi
	@mkdir -p $(STAMPS) && touch $@
endef

$(STAMPS)/wasm-bindgen-$(WASM_BINDGEN_VERSION): | check
	@$(call step,2 of 7: wasm-bindgen $(WASM_BINDGEN_VERSION) (up to 3 minutes$(comma) once))
	$(call install,wasm-bindgen-cli,$(WASM_BINDGEN_VERSION),wasm-bindgen,1)

# It doesn't say which version it is, so cargo's own list says.
$(STAMPS)/wasm-split-$(WASM_SPLIT_VERSION): | check
	@$(call step,3 of 7: wasm-split-cli $(WASM_SPLIT_VERSION) (up to 2 minutes$(comma) once))
	@if ! cargo install --root .tools --list 2>/dev/null | grep -q '^wasm_split_cli_support v$(WASM_SPLIT_VERSION):'; then \
	  $(QUICK) CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo install --locked --root .tools --force wasm_split_cli_support@$(WASM_SPLIT_VERSION) --features build-binary \
	    $(call otherwise,wasm_split_cli_support could not be installed. The lines above say why; without a network there is no way. Run this again to go on.); fi
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/worker-build-$(WORKER_BUILD_VERSION): | check
	@$(call step,4 of 7: worker-build $(WORKER_BUILD_VERSION) (up to 4 minutes$(comma) once))
	$(call install,worker-build,$(WORKER_BUILD_VERSION),worker-build,0)

# npm runs under the machine's own Node: the one in node_modules is about to be replaced.
node_modules/.package-lock.json: package.json package-lock.json | check
	@$(call step,5 of 7: the JavaScript tools)
	@PATH="$(FOUND_PATH)" npm ci --no-fund --no-audit --loglevel=error $(call otherwise,npm could not install the tools. The lines above say why; run this again to go on.)
	@touch $@

# --- App and Worker --------------------------------------------------------------------------------------------------

build: dist/index.html worker/build/index.js

# Whom the app is built for: `developers` find all parts of the interface at /ui, `people` don't. The stamp lets it be built
# anew when it was built for the others before.
FOR ?= developers
$(STAMPS)/app-for-$(FOR):
	@rm -f $(STAMPS)/app-for-* && mkdir -p $(STAMPS) && touch $@

dist/index.html: $(APP_SOURCES) package-lock.json $(STAMPS)/app-for-$(FOR) | tools
	@$(call step,6 of 7: the app (up to 4 minutes the first time))
	@FOR=$(FOR) node app/build.mjs $(call otherwise,The app could not be built. The lines above say why.)
	@touch $@

worker/build/index.js: $(WORKER_SOURCES) package-lock.json | tools
	@$(call step,7 of 7: the Worker (up to 3 minutes the first time))
	@cd worker && worker-build --release $(call otherwise,The Worker could not be built. The lines above say why.)
	@wasm-opt -Os --low-memory-unused --zero-filled-memory --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue worker/build/index_bg.wasm -o worker/build/index_bg.wasm
	@touch $@

# --- A browser for the tests -----------------------------------------------------------------------------------------

AS_ROOT = $(shell [ "$$(id -u)" = 0 ] || echo "sudo -n")

# What others have written to test SCIM servers, and one to compare with.
$(STAMPS)/scim: tests/scim/requirements.txt | check
	@$(call step,The testers of directory sync)
	@command -v python3 >/dev/null $(call otherwise,Python is missing$(comma) which the testers of directory sync need. Install it (apt-get install python3 python3-venv)$(comma) then run this again.)
	@rm -rf .tools/scim && python3 -m venv .tools/scim $(call otherwise,Python could make no environment of its own. Install python3-venv$(comma) then run this again.)
	@.tools/scim/bin/pip install --quiet --disable-pip-version-check --requirement tests/scim/requirements.txt $(call otherwise,pip could not install the testers. The lines above say why; run this again to go on.)
	@mkdir -p $(STAMPS) && touch $@

chromium: | tools
	@if ! command -v chromium >/dev/null; then \
	  $(call step,Chromium for the browser tests); \
	  if command -v apt-get >/dev/null && $(AS_ROOT) true 2>/dev/null; then \
	    apt="$(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get"; \
	    $$apt install -y --no-install-recommends chromium || { $$apt update && $$apt install -y --no-install-recommends chromium; }; \
	  else \
	    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD= playwright install chromium; \
	  fi || { echo "Chromium could not be installed. Install it by hand (apt-get install chromium), then run this again." >&2; exit 1; }; \
	fi
