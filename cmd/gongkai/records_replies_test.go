package main

import (
	"strings"
	"testing"

	"gongkai"

	"github.com/google/go-cmp/cmp"
)

const goodReply = `
[[reply]]
agency = "shili-tjj"
year = 2024
rule = "T3-BAL"
cell = "requests..total"
scope = "own"
status = "disputed_by_agency"
date = "2025-05-02"
text = "结转数为三件"
source = "来函〔2025〕3号"
`

// TestParseReplies wants every key to arrive, and whatever is not understood to be an error.
func TestParseReplies(t *testing.T) {
	got, err := parseReplies(goodReply)
	if err != nil {
		t.Fatal(err)
	}
	want := []gongkai.Reply{{
		AgencyKey: "shili-tjj", Year: 2024, Rule: "T3-BAL", Scope: "own", Table: "requests", Column: "total",
		Status: gongkai.ReplyDisputed, Date: "2025-05-02", Text: "结转数为三件", Source: "来函〔2025〕3号",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, c := range [][3]string{
		{`"shili-tjj"`, `""`, "reply 1: agency is missing"},
		{"year = 2024", "year = 1998", "year 1998"},
		{"T3-BAL", "T3-BALL", `did you mean "T3-BAL"`},
		{"requests..total", "total", "table.row.column"},
		{`"own"`, `"all"`, "scope"},
		{"disputed_by_agency", "disputed", "one of [open"},
		{"2025-05-02", "2025-5-2", "YYYY-MM-DD"},
		{"2025-05-02", "2024-05-02", "was not out"},
		{"结转数为三件", " ", "text is missing"},
		{"source =", "sauce =", "no key"},
	} {
		if _, err := parseReplies(strings.Replace(goodReply, c[0], c[1], 1)); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%s for %s: %v, want %q", c[1], c[0], err, c[2])
		}
	}
}
