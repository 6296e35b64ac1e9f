package records_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"gongkai"
	"gongkai/warehouse/records"

	"github.com/google/go-cmp/cmp"
)

var known = records.Known{Rules: []string{"T3-BAL", "XY-CARRY", "XY-T4-PENDING"}, Dimensions: []string{"d1_timeliness"}, Agencies: []string{"a", "b", "c"}}

func read(t *testing.T, name, text string) (*records.Set, error) {
	t.Helper()
	return records.Read(fstest.MapFS{name: {Data: []byte(text)}}, known)
}

// TestLaw reads no records but those of the law.
func TestLaw(t *testing.T) {
	s, err := records.Read(fstest.MapFS{}, known)
	if err != nil {
		t.Fatal(err)
	}
	var years []int
	for _, b := range s.Breaks {
		years = append(years, b.Year)
	}
	if diff := cmp.Diff([]int{2019, 2021, 2024}, years); diff != "" {
		t.Error(diff)
	}
	if len(s.Excuses) != 1 || s.Excuses[0].Rule != "XY-T4-PENDING" || s.Excuses[0].Year != 2024 {
		t.Errorf("excuses: %+v", s.Excuses)
	}
}

// TestTemplates takes the comment signs out of every template and reads it.
func TestTemplates(t *testing.T) {
	for _, k := range records.Kinds() {
		var lines []string
		for line := range strings.Lines(k.Template) {
			if rest := strings.TrimPrefix(line, "# "); strings.HasPrefix(rest, "[[") || strings.Contains(rest, " = ") {
				lines = append(lines, rest)
			}
		}
		s, err := records.Read(fstest.MapFS{k.Name + ".toml": {Data: []byte(strings.Join(lines, ""))}}, records.Known{})
		if err != nil {
			t.Errorf("%s: %v", k.Name, err)
			continue
		}
		none, _ := records.Read(fstest.MapFS{}, records.Known{})
		if len(s.Entries()) <= len(none.Entries()) {
			t.Errorf("%s: the template is read as nothing", k.Name)
		}
	}
}

func TestEvents(t *testing.T) {
	s, err := read(t, "agencies.toml", `
[[event]]
type = "merge"
date = "2019-02-01"
from = ["b", "a"]
to = ["c"]
source = "notice"
`)
	if err != nil {
		t.Fatal(err)
	}
	want := []gongkai.AgencyEvent{{Type: gongkai.Merge, Date: "2019-02-01", FirstYear: 2019, From: []string{"a", "b"}, To: []string{"c"}, Source: "notice"}}
	if diff := cmp.Diff(want, s.Events); diff != "" || s.Events[0].Continues() {
		t.Error(diff)
	}
}

func TestFaults(t *testing.T) {
	const event = "[[event]]\nsource = \"s\"\ndate = \"2019-01-01\"\n"
	for _, tt := range []struct{ name, file, text, want string }{
		{"unknown file", "excuse.toml", "", "excuse.toml: no kind of records"},
		{"unknown key", "excuses.toml", "[[excuse]]\nrule = \"T3-BAL\"\nyear = 2020\nreason = \"r\"\nbasis = \"b\"\nwhy = \"x\"\n", "excuses.toml:6: unknown key"},
		{"syntax", "excuses.toml", "[[excuse]]\nrule = T3\n", "excuses.toml:2: "},
		{"unknown rule", "excuses.toml", "# first\n[[excuse]]\nrule = \"T3-BAL\"\nyear = 2020\nreason = \"r\"\nbasis = \"b\"\n[[excuse]]\nyear = 2020\nrule = \"T3-BALL\"\nreason = \"r\"\nbasis = \"b\"\n", "excuses.toml:9: excuse: rule \"T3-BALL\" is unknown"},
		{"no basis", "excuses.toml", "[[excuse]]\nrule = \"T3-BAL\"\nyear = 2020\nreason = \"r\"\n", "excuses.toml:1: excuse: basis is missing"},
		{"for ever", "excuses.toml", "[[excuse]]\nrule = \"T3-BAL\"\nreason = \"r\"\nbasis = \"b\"\n", "everyone for ever"},
		{"unknown agency", "excuses.toml", "[[excuse]]\nrule = \"T3-BAL\"\nagency = \"z\"\nreason = \"r\"\nbasis = \"b\"\n", "excuses.toml:3: excuse: agency \"z\" is not in the register"},
		{"event type", "agencies.toml", event + "type = \"marry\"\nfrom = [\"a\"]\nto = [\"b\"]\n", "agencies.toml:4: event: unknown type"},
		{"rename of two", "agencies.toml", event + "type = \"rename\"\nfrom = [\"a\", \"b\"]\nto = [\"c\"]\n", "agencies.toml:5: event: rename leads from 2 agencies to 1"},
		{"merge of one", "agencies.toml", event + "type = \"merge\"\nfrom = [\"a\"]\nto = [\"c\"]\n", "merge leads from 1"},
		{"create from", "agencies.toml", event + "type = \"create\"\nfrom = [\"a\"]\nto = [\"c\"]\n", "create leads from 1"},
		{"twice", "agencies.toml", event + "type = \"merge\"\nfrom = [\"a\", \"a\"]\nto = [\"c\"]\n", "twice"},
		{"no date", "agencies.toml", "[[event]]\ntype = \"abolish\"\nfrom = [\"a\"]\nsource = \"s\"\ndate = \"2019-13-01\"\n", "agencies.toml:5: event: date"},
		{"uscc", "agencies.toml", "[[name]]\nagency = \"a\"\nkind = \"uscc\"\nvalue = \"113325000026455664\"\nsource = \"s\"\n", "fails its check digit"},
		{"dates crossed", "agencies.toml", "[[name]]\nagency = \"a\"\nkind = \"alias\"\nvalue = \"x\"\nsource = \"s\"\nvalid_from = \"2020-01-01\"\nvalid_to = \"2019-01-01\"\n", "agencies.toml:7: name: valid_to"},
		{"missing no unit", "rosters.toml", "[[roster]]\nyear = 2024\ngovernment = \"c\"\nunits = [\"a\"]\nmissing = [\"b\"]\nsource = \"s\"\n", "rosters.toml:5: roster: b is missing, but not among units"},
		{"unit twice", "rosters.toml", "[[roster]]\nyear = 2024\ngovernment = \"c\"\nunits = [\"a\", \"a\"]\nsource = \"s\"\n", "stands twice for 2024"},
		{"reply too early", "replies.toml", "[[reply]]\nagency = \"a\"\nyear = 2024\nrule = \"T3-BAL\"\nstatus = \"open\"\ndate = \"2024-05-02\"\ntext = \"t\"\nsource = \"s\"\n", "replies.toml:6: reply: date 2024-05-02: the report on 2024 was not out"},
		{"reply about a place of a dimension", "replies.toml", "[[reply]]\nagency = \"a\"\nyear = 2024\nrule = \"d1_timeliness\"\nstatus = \"open\"\ndate = \"2025-05-02\"\ntext = \"t\"\nsource = \"s\"\ntable = \"requests\"\n", "replies.toml:9: reply: d1_timeliness has no place"},
		{"reply to no rule", "replies.toml", "[[reply]]\nagency = \"a\"\nyear = 2024\nrule = \"T3-BALL\"\nstatus = \"open\"\ndate = \"2025-05-02\"\ntext = \"t\"\nsource = \"s\"\n", "replies.toml:4: reply: rule \"T3-BALL\" is unknown"},
		{"reply status", "replies.toml", "[[reply]]\nagency = \"a\"\nyear = 2024\nrule = \"PB-FOUND\"\nstatus = \"angry\"\ndate = \"2025-01-01\"\ntext = \"t\"\nsource = \"s\"\n", "replies.toml:5: reply: status \"angry\" is unknown (hint: one of open"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := read(t, tt.file, tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// TestUSCC takes a code whose check digit is right (domain reference 5.1).
func TestUSCC(t *testing.T) {
	if _, err := read(t, "agencies.toml", "[[name]]\nagency = \"a\"\nkind = \"uscc\"\nvalue = \"113325000026455663\"\nsource = \"s\"\n"); err != nil {
		t.Error(err)
	}
}
