package filelist

import (
	"strings"
	"testing"

	"gongkai"
)

func TestRead(t *testing.T) {
	t.Parallel()
	text := "\ufeffpath,agency,agency_id,year,scope,url,published\n" +
		"a.pdf,示例市财政局,,2023,own,https://x.gov.cn/a.pdf,2024-01-20\n" +
		"b.pdf,,nobody,2023,,,\n" +
		"b.pdf,,1,23,,,\n" +
		"c.pdf,,1,2023,all,,\n" +
		",,1,2023,,,\n" +
		"d.pdf,,1,2023,,ftp://x,\n" +
		"e.pdf,,1,2023,,,20.1.2024\n" +
		"a.pdf,,1,2023,,,\n" +
		"f.pdf,1\n" +
		"g.pdf,,1,,consolidated,,\n"
	m, err := Read("in/m.csv", []byte(text), func(id string) bool { return id == "1" })
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Rows) != 2 || len(m.Faults) != 8 {
		t.Fatalf("%d rows, %d faults: %v", len(m.Rows), len(m.Faults), m.Faults)
	}
	for i, want := range []string{"in/m.csv:3: ", "in/m.csv:4: ", "in/m.csv:5: ", "in/m.csv:6: ", "in/m.csv:7: ", "in/m.csv:8: ", "in/m.csv:9: ", "in/m.csv:10: "} {
		if !strings.HasPrefix(m.Faults[i].Error(), want) {
			t.Errorf("fault %d is %v, want it to begin with %s", i, m.Faults[i], want)
		}
	}
	d := &gongkai.Document{}
	m.Apply("in/./a.pdf", d)
	if d.Year != 2023 || d.Stated.Agency != "示例市财政局" || d.Stated.Scope != gongkai.ScopeOwn || d.URL == "" || d.Published != "2024-01-20" {
		t.Errorf("a.pdf is %+v %+v", d, d.Stated)
	}
	if missing := m.Missing(); len(missing) != 1 || missing[0].Line != 11 {
		t.Errorf("missing are %+v", missing)
	}
	for _, bad := range []string{"", "path,name\n", "agency\n", "path,path\n"} {
		if _, err := Read("m.csv", []byte(bad), nil); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
