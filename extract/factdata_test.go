package extract

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestFactRulesAreStrict(t *testing.T) {
	const measure = "[[measure]]\nid = \"a\"\nneed = [\"x\"]\nunits = [\"件\"]\n"
	for data, want := range map[string]string{
		measure + "pattern = ['x']":               "unknown key measure.pattern",
		measure + "patterns = ['{nothing}']":      "measure a: unknown macro {nothing}",
		measure + "patterns = ['(']":              "measure a: error parsing regexp",
		measure + measure:                         `measure "a" is repeated`,
		measure + "topic = 'weather'":             `measure a: unknown topic "weather"`,
		"[[measure]]\nid = \"a\"\nneed = [\"x\"]": "lacks id, need or units",
		"[[measure]\n":                            "facts/bad.toml",
	} {
		_, err := readFactRules(fstest.MapFS{"facts/bad.toml": {Data: []byte(data)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", data, err, want)
		}
	}
}

// Every measure must be exercised by the cases, so that no pattern is there
// untried.
func TestEveryMeasureHasCases(t *testing.T) {
	cases := readFactCases(t)
	for _, m := range embeddedFactRules().measures {
		if m.Title == "" {
			t.Errorf("measure %s has no title", m.ID)
		}
		found := false
		for _, c := range cases {
			found = found || strings.Contains(" "+c.want, " "+m.ID+"=")
		}
		if !found {
			t.Errorf("no case for measure %s", m.ID)
		}
	}
}
