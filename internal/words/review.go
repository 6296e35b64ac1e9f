package words

import (
	"fmt"
	"slices"
	"strings"

	"gongkai"
	"gongkai/analysis"
	"gongkai/internal/tabular"
	"gongkai/warehouse/records"
)

// Review is what of a ranking waits for a person, as entries of
// confirmations.toml: adverse findings, documents of which something was not
// found, and agencies that a roster says have not published. Entries that the
// file has already are left out.
func Review(r *analysis.Ranking, file string) (text string, entries int) {
	var b strings.Builder
	add := func(finding, document string, about ...string) {
		key := fmt.Sprintf("finding  = %q\ndocument = %q\n", finding, document)
		if strings.Contains(file, key) || strings.Contains(b.String(), key) {
			return
		}
		entries++
		for _, line := range about {
			fmt.Fprintf(&b, "# %s\n", tabular.OneLine(line))
		}
		fmt.Fprintf(&b, "[[confirmation]]\n%sverdict  = %q # confirmed 属实，refuted 不属实，ours 我方误读\nrole     = \"\"  # 核实人的角色，不写姓名\ndate     = \"\"  # 核实日期，如 2025-05-20\n\n", key, records.Unread)
	}
	for i := range r.Undecided {
		f := &r.Undecided[i]
		about := []string{fmt.Sprintf("%s %d年：%s（%s，%s）", f.Agency, f.Year, f.Title, f.Rule, f.Severity), "原件 " + f.Name, Finding(f)}
		for j := range f.Operands {
			op := &f.Operands[j]
			about = append(about, fmt.Sprintf("%s 印为 %q%s", op.Label, op.Raw, Place("；", OperandPlace(op), "")))
		}
		add(f.ID(), f.Document, about...)
	}
	for i := range r.NotRanked {
		s := &r.NotRanked[i]
		if slices.ContainsFunc(s.Values[1:], func(v analysis.Value) bool { return v.State == analysis.Open }) {
			add(gongkai.FindingFault, s.Document, fmt.Sprintf("%s %d年：有的内容未找到（%s）。原件中确无，则属实", s.Agency, r.Year, s.Reason), "原件 "+s.Source)
		}
	}
	for _, a := range r.Absent {
		if a.Unpublished && !a.Confirmed {
			f := analysis.Finding{Rule: gongkai.RuleFound, AgencyKey: a.AgencyKey, Year: r.Year}
			add(f.ID(), "", fmt.Sprintf("%s %d年：名单载明未公布", a.Agency, r.Year))
		}
	}
	return b.String(), entries
}
