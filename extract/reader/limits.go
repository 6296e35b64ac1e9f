package reader

import (
	"time"

	"gongkai/internal/child"
)

// What one document other than PDF may take in a process of its own; an
// ordinary page takes some 5 ms. PDF has its own limits (pdftable.Limits).
const (
	cpuLimit  = 2 * time.Second  // of processor time
	wallLimit = 60 * time.Second // on a machine that does other things, too
	maxAnswer = 128 << 20        // bytes of paragraphs and cells
	memory    = 1 << 30          // bytes
)

// processLimits bound the process that reads; many documents, one after another.
var processLimits = child.Limits{Data: memory, Open: 64, File: 1 << 20, CPU: cpuLimit}
