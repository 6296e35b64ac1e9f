# Linters are pinned in tools.mod, apart from the program's own modules.
TOOL = go tool -modfile=tools.mod

.PHONY: build test check

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
	go fix -diff ./...
	go vet ./...
	$(TOOL) staticcheck ./...
	$(TOOL) errcheck -ignoretests -exclude .errcheck ./...
	go test -race -timeout 60m ./...
