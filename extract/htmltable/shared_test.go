package htmltable

import (
	"os"
	"path/filepath"
	"testing"
)

// sharedReport returns a real report. They are not part of the project.
func sharedReport(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join("../../../shared/reports", name))
	if err != nil {
		tb.Skipf("SKIPPED, NOT TESTED: the real reports are not here: %v", err)
	}
	return b
}
