package extract

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"gongkai"

	"github.com/google/go-cmp/cmp"
)

// factText writes a fact as testdata/narrative/facts.tsv does.
func factText(f gongkai.Fact) string {
	s := f.Measure + "=" + f.Value.String()
	if f.Unit != "件" && f.Unit != "条" {
		s += f.Unit
	}
	if !f.Total {
		s += "?"
	}
	if f.Approximate {
		s += "~"
	}
	return s
}

func TestFacts(t *testing.T) {
	file, err := os.Open("testdata/narrative/facts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var r gongkai.Report
	cases := 0
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		fields := strings.Split(line, "\t")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case fields[0] == "@":
			r = gongkai.Report{Agency: fields[1], Year: plainInt(fields[2]), Scope: gongkai.Scope(fields[3])}
			continue
		case len(fields) != 2:
			t.Fatalf("line %d: %d fields, want 2", n, len(fields))
		}
		cases++
		r.Sections = []gongkai.Section{{Number: 1, Present: true, Text: fields[0]}}
		var got []string
		for _, f := range readFacts(&r, "") {
			if !strings.Contains(fields[0], f.Sentence) || f.Section != 1 {
				t.Errorf("line %d: section %d, sentence %q is not in the text", n, f.Section, f.Sentence)
			}
			got = append(got, factText(f))
		}
		want := strings.Fields(fields[1])
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(strings.Join(want, " "), strings.Join(got, " ")); diff != "" {
			t.Errorf("line %d: %s\n  want %s\n  got  %s", n, fields[0], strings.Join(want, " "), strings.Join(got, " "))
		}
	}
	if err := lines.Err(); err != nil || cases < 120 {
		t.Errorf("%d cases read, want at least 120 (%v)", cases, err)
	}
	fmt.Fprintln(os.Stderr, cases, "cases")
}
