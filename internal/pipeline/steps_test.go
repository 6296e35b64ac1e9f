package pipeline

import (
	"slices"
	"testing"
)

// TestSteps: in every pipeline each step finds written what it needs, no step
// is taken twice, and each has a point of its own.
func TestSteps(t *testing.T) {
	for name, steps := range Steps() {
		var written []Thing
		points, names := map[string]bool{"copied": true, "checked": true}, map[string]bool{}
		var walk func([]Step)
		walk = func(steps []Step) {
			for _, s := range steps {
				for _, need := range s.Needs {
					if !slices.Contains(written, need) {
						t.Errorf("%s: step %s needs %s, which nothing before it writes", name, s.Name, need)
					}
				}
				if s.Name == "" || names[s.Name] || s.Point == "" || points[s.Point] {
					t.Errorf("%s: step %q with point %q: one name and one point for each", name, s.Name, s.Point)
				}
				names[s.Name], points[s.Point] = true, true
				walk(s.Within)
				written = append(written, s.Writes...)
			}
		}
		walk(steps)
		if loads := names["load"]; loads != slices.Contains(written, Published) {
			t.Errorf("%s: loads %v, and what is published: %v", name, loads, written)
		}
	}
}
