package records

import (
	"regexp"

	"gongkai"
)

var confirmations = Kind{
	Name:  "confirmations",
	About: "what people decided about adverse findings, with the original before them",
	Template: `# What was decided about adverse findings (gongkai review lists them, and writes
# this file with --write). The last decision about a finding counts. One is about
# the figures that stand in it: where they are read otherwise, decide anew. What
# has the verdict "?" is not decided yet.
# [[confirmation]]
# finding  = "T3-BAL requests.new_received.total 9≠5" # its id; FAULT: what we did not find (tables, rows, cells) is not there
# document = "0000000000000000000000000000000000000000000000000000000000000000" # SHA-256 of the original; empty only where there is none (PB-FOUND)
# verdict  = "confirmed"                              # confirmed; refuted: it is not so; ours: we read it wrongly
# role     = "复核人"                                 # by whom: a role, no name
# date     = "2025-05-20"
# note     = ""
`,
	read: readConfirmations,
}

var (
	sha256Form = regexp.MustCompile(`^[0-9a-f]{64}$`)
	ruleForm   = regexp.MustCompile(`^\S*`)
)

func readConfirmations(f *file, s *Set) {
	var v struct {
		Confirmations []struct {
			Finding  string          `toml:"finding"`
			Document string          `toml:"document"`
			Verdict  gongkai.Verdict `toml:"verdict"`
			Role     string          `toml:"role"`
			Date     string          `toml:"date"`
			Note     string          `toml:"note"`
		} `toml:"confirmation"`
	}
	if !f.decode(&v) {
		return
	}
	var verdicts []string
	for _, x := range gongkai.Verdicts() {
		verdicts = append(verdicts, string(x))
	}
	for i, c := range v.Confirmations {
		a := at{f, "confirmation", i}
		a.need("finding", c.Finding, "its id, as gongkai review gives it")
		rule := ruleForm.FindString(c.Finding)
		if rule != gongkai.FindingFault {
			a.among("finding", rule, f.known.Rules, true)
		}
		if none := rule == gongkai.RuleFound; none != (c.Document == "") || !none && !sha256Form.MatchString(c.Document) {
			a.fault("document", "document %q is no SHA-256 (hint: 64 hex digits; empty for %s alone)", c.Document, gongkai.RuleFound)
		}
		if c.Verdict == Unread {
			continue
		}
		a.among("verdict", string(c.Verdict), verdicts, false)
		a.need("role", c.Role, "by whom, as a role: 复核人")
		a.day("date", c.Date, false)
		s.Confirmations = append(s.Confirmations, gongkai.Confirmation(c))
	}
}
