package sqlgate

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/child"
)

// A Request is one query.
type Request struct {
	Warehouse  string            // path of the file
	SQL        string            // one SELECT
	Parameters map[string]string // by name, without $
	Files      []OwnFile         // tables beside those of the warehouse
	MaxRows    int               // most rows given; 0 gives all
	Limits     Limits
}

// An OwnFile is a CSV file of the user's, to be asked as a table.
type OwnFile struct {
	Table string // its name in SQL
	Path  string
}

// Limits bound one query. Linux enforces all of them; elsewhere Time and what
// DuckDB itself bounds are left.
type Limits struct {
	Memory  string        // that DuckDB may use, as it writes sizes; empty means 2GB
	Spill   string        // that it may write to temporary files; empty means 4GB
	Threads int           // 0 means one for each CPU
	CPU     time.Duration // processor time; 0 means no limit
	Time    time.Duration // time; 0 means no limit
	Output  int64         // bytes of the values given; 0 means no limit
}

// PublicLimits are those of a query that anybody may ask.
func PublicLimits() Limits {
	return Limits{
		Memory: "256MB", Spill: "64MB", Threads: 1,
		CPU: 15 * time.Second, Time: 10 * time.Second, Output: 64 << 20,
	}
}

const (
	maxSQL   = 20 << 10 // bytes of a query
	maxDepth = 200      // of the parsed query: expressions within expressions

	// baseAddress and baseData are what the process takes without a query:
	// reserved, and written to.
	baseAddress = 5 << 29 // 2.5 GB
	baseData    = 512 << 20
)

func (l Limits) withDefaults() Limits {
	l.Memory, l.Spill = cmp.Or(l.Memory, "2GB"), cmp.Or(l.Spill, "4GB")
	return l
}

// process returns what the system holds the process to. DuckDB bounds most of
// what it takes; strings that a function builds it does not.
func (l Limits) process() child.Limits {
	p := child.Limits{Open: 64, CPU: l.CPU}
	if memory, ok := sizeOf(l.Memory); ok {
		p.Address, p.Data = memory+baseAddress, memory+baseData
	}
	if spill, ok := sizeOf(l.Spill); ok {
		p.File = 2*spill + 2*maxFile // DuckDB leaves gaps in its temporary files
	}
	return p
}

var sizePattern = regexp.MustCompile(`(?i)^\s*(\d+(?:\.\d+)?)\s*([KMGT]?)(i?)B\s*$`)

// sizeOf reads a size as DuckDB writes it, in bytes.
func sizeOf(s string) (int64, bool) {
	m := sizePattern.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return 0, false
	}
	unit := 1000.0
	if m[3] != "" {
		unit = 1024
	}
	for range strings.Index(" KMGT", strings.ToUpper(cmp.Or(m[2], " "))) {
		n *= unit
	}
	return int64(n), true
}
