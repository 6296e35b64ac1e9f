package replica

import (
	"slices"
	"strings"
	"testing"
)

// TestRenamed wants a body whose first reports stand under another name, which
// its site does not know and the records do.
func TestRenamed(t *testing.T) {
	w, err := New(Options{Only: []string{"shili-lixian"}})
	if err != nil {
		t.Fatal(err)
	}
	names := map[int]string{}
	for _, r := range w.read {
		if r.Agency.ID == "990122-czj" {
			names[r.Year] = r.Agency.Name
		}
	}
	const before, after = "示例市例县财政国资局", "示例市例县财政局"
	if got := []string{names[2022], names[2023], names[2024], names[2025]}; !slices.Equal(got, []string{before, before, after, after}) {
		t.Errorf("reports of %q", got)
	}
	site := w.Declarations[0].TOML
	if strings.Contains(site, before) || !strings.Contains(site, "name = \""+after+"\"") {
		t.Errorf("the site file:\n%s", site)
	}
	if len(w.Records) != 1 || w.Records[0].Name != "agencies.toml" || !strings.Contains(w.Records[0].TOML, `from = ["name:`+before+`"]`) {
		t.Errorf("records: %+v", w.Records)
	}
	if w, err := New(Options{Only: []string{"shili"}}); err != nil || len(w.Records) != 0 {
		t.Errorf("records of a place where nobody was renamed: %+v, %v", w.Records, err)
	}
}
