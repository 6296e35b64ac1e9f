package replica

import (
	"fmt"
	"slices"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// leftOut is an error of a report that sums up others: table 四 is empty, although
// those below had cases. The report agrees with itself.
const leftOut fixture.Kind = "left_out"

// sumUp adds to the reports of a body what the others of its site had, before
// anything is wrong with them, and leaves out what it is to leave out.
func (w *World) sumUp(p place, b body, series []*fixture.Report, draw func(i int) []*fixture.Report) error {
	for i, other := range p.bodies {
		if other.agency == b.agency {
			continue
		}
		for _, r := range draw(i) {
			if r.Year < b.from {
				continue
			}
			if err := series[r.Year-b.from].Include(r); err != nil {
				return err
			}
		}
	}
	for _, r := range series {
		if slices.Contains(b.leaves, r.Year) && !r.LeaveOut(disputes) {
			return fmt.Errorf("%s has no disputes to leave out for %d", b.agency, r.Year)
		}
	}
	return nil
}

// plantedLeft notes what a body left out.
func plantedLeft(b body) (planted []Planted) {
	for _, year := range b.leaves {
		planted = append(planted, Planted{Edition{b.agency, year}, fixture.Planted{
			Kind: leftOut, Rules: []string{"RU-LOWER"}, Detail: "table 四 without the cases of the bodies below",
		}})
	}
	return planted
}

// judgeSums notes the consolidated reports with less than the bodies of their
// site had, by what these published.
func (w *World) judgeSums(p place, published map[Edition]*fixture.Report) {
	for _, b := range p.bodies {
		for year := b.from; b.sums && year <= lastYear; year++ {
			whole := published[Edition{b.agency, year}]
			if whole == nil {
				continue
			}
			var parts []*fixture.Report
			for _, other := range p.bodies {
				if r := published[Edition{other.agency, year}]; r != nil && other.agency != b.agency {
					parts = append(parts, r)
				}
			}
			if less(whole, parts) {
				rule := "RU-LOWER"
				if len(parts) < len(p.bodies)-1 {
					rule = "RU-LOWER-OPEN"
				}
				w.Findings = append(w.Findings, Finding{Edition{b.agency, year}, rule})
			}
		}
	}
}

// less reports whether a total of the whole is smaller than that of its parts together.
func less(whole *fixture.Report, parts []*fixture.Report) bool {
	for _, k := range []fixture.Key{
		{Table: requests, Row: "new_received"},
		{Table: requests, Row: "carried_in"},
		{Table: requests, Row: "processed_total"},
		{Table: requests, Row: "carried_out"},
		{Table: disputes, Row: "reconsideration"},
		{Table: disputes, Row: "suit_direct"},
		{Table: disputes, Row: "suit_after_reconsideration"},
	} {
		k.Column = "total"
		var sum gongkai.Decimal
		for _, r := range parts {
			sum += r.Number(k)
		}
		if whole.Number(k) < sum {
			return true
		}
	}
	return false
}
