package queries_test

import (
	"strings"
	"testing"

	"gongkai"
	"gongkai/extract"
	"gongkai/queries"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// carried asks XY-CARRY of the reports of xy_carry.txtar, in which 乙局 breaks
// it, after its later reports were renamed by rename.
func carried(t *testing.T, rename *strings.Replacer, events ...gongkai.AgencyEvent) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/checks/xy_carry.txtar")
	if err != nil {
		t.Fatal(err)
	}
	archive.Files[0].Data = []byte(rename.Replace(string(archive.Files[0].Data)))
	w, err := warehouse.Open(t.Context(), ":memory:", warehouse.Options{Forms: extract.Forms()})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	b := newBuilder(t)
	b.build(archive)
	if err := w.SetEvents(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Load(t.Context(), b.items); err != nil {
		t.Fatal(err)
	}
	q, _ := queries.Get("XY-CARRY")
	return ask(t, w.SQL(), &q)
}

// TestRename wants a rename neither to make nor to hide a finding, whatever the
// order of the events, and a merger to leave the rule untested.
func TestRename(t *testing.T) {
	same := strings.NewReplacer()
	renamed := strings.NewReplacer("bad23,乙局", "bad23,新局", "good23,甲局", "good23,佳局")
	first := gongkai.AgencyEvent{Type: gongkai.Rename, Date: "2022-12-01", FirstYear: 2023, From: []string{"name:乙局"}, To: []string{"name:中局"}, Source: "s"}
	second := gongkai.AgencyEvent{Type: gongkai.LevelChange, Date: "2023-05-01", FirstYear: 2023, From: []string{"name:中局"}, To: []string{"name:新局"}, Source: "s"}
	third := gongkai.AgencyEvent{Type: gongkai.Rename, Date: "2023-05-01", FirstYear: 2023, From: []string{"name:甲局"}, To: []string{"name:佳局"}, Source: "s"}
	want := carried(t, same)
	if !strings.Contains(want, "bad23,bad22") {
		t.Fatalf("nothing is broken:\n%s", want)
	}
	for _, events := range [][]gongkai.AgencyEvent{{first, second, third}, {third, second, first}, {second, first, third}} {
		if diff := cmp.Diff(want, carried(t, renamed, events...)); diff != "" {
			t.Errorf("a rename changed the findings:\n%s", diff)
		}
	}
	if got := carried(t, renamed); strings.Contains(got, "bad23") {
		t.Errorf("without the rename they are two agencies:\n%s", got)
	}
	merged := gongkai.AgencyEvent{Type: gongkai.Merge, Date: "2023-02-01", FirstYear: 2023, From: []string{"name:乙局", "name:别局"}, To: []string{"name:乙局"}, Source: "s"}
	if got := carried(t, same, merged); !strings.Contains(got, "bad23,bad22,requests,carried_in,total,,,requests.carried_in.total,prior:requests.carried_out.total,UNKNOWN,UNKNOWN") {
		t.Errorf("after a merger:\n%s", got)
	}
}

// TestRollupRename wants a rename of an agency below a government, or of the
// government, neither to make nor to hide a finding.
func TestRollupRename(t *testing.T) {
	asked := func(rename *strings.Replacer, events string) string {
		t.Helper()
		archive, err := txtar.ParseFile("testdata/checks/ru_lower.txtar")
		if err != nil {
			t.Fatal(err)
		}
		for i := range archive.Files {
			f := &archive.Files[i]
			text := rename.Replace(string(f.Data))
			if f.Name == "events.csv" {
				text += events
			}
			f.Data = []byte(text)
		}
		q, _ := queries.Get("RU-LOWER")
		return ask(t, load(t, archive), &q)
	}
	want := asked(strings.NewReplacer(), "")
	if !strings.Contains(want, "a23,requests") || !strings.Contains(want, "a24,disputes") {
		t.Fatalf("nothing is broken:\n%s", want)
	}
	renamed := strings.NewReplacer("a23,甲县人民政府,a,2023,consolidated,,,", "a23,甲区人民政府,aq,2023,consolidated,county,government,", "甲县人民政府,a,2024", "甲区人民政府,aq,2024")
	if diff := cmp.Diff(want, asked(renamed, "level_change,2023,a,aq\n")); diff != "" {
		t.Errorf("the county became a district (-want +got):\n%s", diff)
	}
	if got := asked(renamed, ""); strings.Contains(got, "a23") {
		t.Errorf("without the record 甲区 has no agencies below it:\n%s", got)
	}
}

// TestJumpRename wants an agency's usual change to be known across a rename.
func TestJumpRename(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/checks/xy_jump.txtar")
	if err != nil {
		t.Fatal(err)
	}
	q, _ := queries.Get("XY-JUMP")
	want := ask(t, load(t, archive), &q)
	archive.Files[0].Data = []byte(strings.NewReplacer("bad23,乙局", "bad23,新局", "bad24,乙局", "bad24,新局").Replace(string(archive.Files[0].Data)))
	archive.Files = append(archive.Files, txtar.File{Name: "events.csv", Data: []byte("type,first_year,from,to\nrename,2023,name:乙局,name:新局\n")})
	if diff := cmp.Diff(want, ask(t, load(t, archive), &q)); diff != "" {
		t.Errorf("a rename changed what is usual (-want +got):\n%s", diff)
	}
}
