package warehouse

import (
	"slices"
	"testing"
)

// TestViewSubjects: a file of views that is in no list would never be made.
func TestViewSubjects(t *testing.T) {
	t.Parallel()
	entries, err := viewFiles.ReadDir("views")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(viewSubjects) {
		t.Errorf("%d files of views, %d subjects", len(entries), len(viewSubjects))
	}
	for _, e := range entries {
		if !slices.Contains(viewSubjects, e.Name()[:len(e.Name())-len(".sql")]) {
			t.Errorf("%s is in no list of subjects", e.Name())
		}
	}
}
