package queries

import (
	"strings"
	"testing"
	"testing/fstest"
)

const goodHeader = "-- rule: X\n-- title: t\n-- question: q\n-- basis: b\n-- severity: E\n"

func TestParse(t *testing.T) {
	for name, c := range map[string]struct{ path, text, want string }{
		"good":              {"checks/x.sql", goodHeader + "SELECT 1", ""},
		"unknown key":       {"checks/x.sql", "-- colour: red\n" + goodHeader, `"colour": unknown`},
		"key twice":         {"checks/x.sql", "-- rule: Y\n" + goodHeader, "comes twice"},
		"no colon":          {"checks/x.sql", goodHeader + "-- words", "no colon"},
		"no value":          {"checks/x.sql", goodHeader + "-- left:", "no value"},
		"left_zh alone":     {"checks/x.sql", "-- left_zh: l\n" + goodHeader, "left_zh without left"},
		"bad severity":      {"checks/x.sql", strings.Replace(goodHeader, "E\n", "bad\n", 1), "not E, W or I"},
		"rests on text":     {"checks/x.sql", "-- rests: text\n" + goodHeader + "SELECT 1", ""},
		"rests on cells":    {"checks/x.sql", "-- rests: cells\n" + goodHeader, "neither text nor"},
		"rests on a part":   {"checks/x.sql", "-- rests: section 7\n" + goodHeader, "neither text nor"},
		"trend that rests":  {"trends/x.sql", "-- title: t\n-- question: q\n-- basis: b\n-- rests: text\n-- column a: b\n", "is for checks"},
		"missing basis":     {"checks/x.sql", strings.Replace(goodHeader, "-- basis: b\n", "", 1), "no basis"},
		"column of a check": {"checks/x.sql", goodHeader + "-- column a: b", "share their columns"},
		"trend with a rule": {"trends/x.sql", goodHeader + "-- column a: b", "is for checks"},
		"trend no column":   {"trends/x.sql", "-- title: t\n-- question: q\n-- basis: b\n", "no columns"},
		"param":             {"trends/x.sql", "-- title: t\n-- question: q\n-- basis: b\n-- column a: b\n-- param p: 1 — one\n", ""},
		"param no meaning":  {"trends/x.sql", "-- title: t\n-- question: q\n-- basis: b\n-- column a: b\n-- param p: 1\n", "default — meaning"},
		"ranking":           {"rankings/x.sql", "-- title: t\n-- question: q\n-- basis: b\n-- column a: b\n-- weight: 20\n-- better: lower\n", ""},
		"ranking no weight": {"rankings/x.sql", "-- title: t\n-- question: q\n-- basis: b\n-- column a: b\n-- better: lower\n", "no weight"},
		"cookbook":          {"cookbook/x.sql", "-- title: t\n-- question: q\n-- basis: b\n-- column a: b\n-- read: r\n", ""},
		"cookbook no read":  {"cookbook/x.sql", "-- title: t\n-- question: q\n-- basis: b\n-- column a: b\n", "no read"},
		"trend with read":   {"trends/x.sql", "-- title: t\n-- question: q\n-- basis: b\n-- column a: b\n-- read: r\n", "is for cookbook"},
	} {
		_, err := parseAll(fstest.MapFS{c.path: {Data: []byte(c.text)}})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
	two := fstest.MapFS{"checks/x.sql": {Data: []byte(goodHeader)}, "checks/y.sql": {Data: []byte(goodHeader)}}
	if _, err := parseAll(two); err == nil {
		t.Error("two checks with one rule are accepted")
	}
}

func TestParam(t *testing.T) {
	list, err := parseAll(fstest.MapFS{"trends/x.sql": {Data: []byte("-- title: t\n-- question: q\n-- basis: b\n-- column a: b\n-- param p: — empty for all\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := list[0].Params[0], (Param{"p", "", "empty for all"}); got != want {
		t.Errorf("param %+v, want %+v", got, want)
	}
}
