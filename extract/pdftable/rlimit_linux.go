package pdftable

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// processMemory bounds the address space of a worker: PDFium's 256 MiB may be
// copied when it grows, and the runtime reserves more than it uses.
const processMemory = 4 << 30

// limitProcess bounds what this process, a worker, may take from the system.
func limitProcess() error {
	for resource, most := range map[int]uint64{unix.RLIMIT_AS: processMemory, unix.RLIMIT_CORE: 0} {
		if err := unix.Setrlimit(resource, &unix.Rlimit{Cur: most, Max: most}); err != nil {
			return fmt.Errorf("limit PDF worker: %w", err)
		}
	}
	return nil
}
