# Linters are pinned in tools.mod, apart from the program's own modules.
TOOL = go tool -modfile=tools.mod

.PHONY: build test check race rename

build:
	go build -trimpath ./cmd/gongkai

# The command of README.md and .ci/run.
test:
	go test -timeout 40m ./...

# Everything that must be clean before a change is offered.
check:
	@files=$$(gofmt -l .); test -z "$$files" || { echo "gofmt:"; echo "$$files"; exit 1; }
	@files=$$($(TOOL) gofumpt -l .); test -z "$$files" || { echo "gofumpt:"; echo "$$files"; exit 1; }
	go mod tidy -diff
	go fix -stringsbuilder=false -diff ./...
	go vet ./...
	$(TOOL) staticcheck ./...
	$(TOOL) errcheck -ignoretests -exclude .errcheck ./...
	@$(TOOL) govulncheck ./... || { test $$? -ne 3 && echo "govulncheck: its database cannot be reached: not checked"; }

# The tests with the race detector: some four times as long.
race:
	go test -race -timeout 60m ./...

# The module under another path: make rename MODULE=host/owner/gongkai
rename:
	@test -n "$(MODULE)" || { echo "make rename MODULE=host/owner/gongkai"; exit 2; }
	@old=$$(go list -m) && \
	git ls-files -z '*.go' | xargs -0 sed -i -E "s#^(\s*(import )?([A-Za-z_.][A-Za-z0-9_]* )?)\"$$old(/[^\"]*)?\"\$$#\1\"$(MODULE)\4\"#" && \
	sed -i "s#\*$$old/#*$(MODULE)/#" .errcheck && \
	go mod edit -module $(MODULE) && gofmt -w $$(git ls-files '*.go') && echo "the module is $(MODULE)"
