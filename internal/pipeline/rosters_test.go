package pipeline

import (
	"testing"

	"gongkai"

	"github.com/google/go-cmp/cmp"
)

// TestNamesakes: a name that the rosters of two sites have says of no agency
// that it had to publish.
func TestNamesakes(t *testing.T) {
	one, two := gongkai.Obligation{Agency: "name:高新区管委会", Year: 2023, Source: "a"}, gongkai.Obligation{Agency: "name:高新区管委会", Year: 2023, Source: "b"}
	other := gongkai.Obligation{Agency: "name:示例市气象局", Year: 2023, Source: "a"}
	kept, problems := withoutNamesakes([]gongkai.Obligation{one, other, two}, map[string][]string{one.Agency: {"x", "y"}, other.Agency: {"x"}})
	if d := cmp.Diff([]gongkai.Obligation{other}, kept); d != "" {
		t.Errorf("kept (-want +got):\n%s", d)
	}
	if len(problems) != 2 || problems[0].Source != "a" || problems[1].Source != "b" || problems[0].Unit != "高新区管委会" || problems[0].Code != "name" {
		t.Errorf("problems: %+v", problems)
	}
}
