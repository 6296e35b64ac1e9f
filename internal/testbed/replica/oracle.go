package replica

import (
	"slices"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// The tables of a report.
const (
	proactive = "proactive"
	requests  = "requests"
	disputes  = "disputes"
)

// broken returns the ids of the rules that a report breaks, sorted. prev is the
// report that the agency published for the year before, or nil. It restates the
// rules plainly, without a look at the queries that are measured by it.
func broken(r, prev *fixture.Report) []string {
	rules := slices.DeleteFunc(fixture.Failing(r, prev), func(rule string) bool { return rule == "TX-DUP" }) // copies tells that
	breaks := func(rule string, yes bool) {
		if yes {
			rules = append(rules, rule)
		}
	}
	breaks("T3-SUBSET", beyondWhole(r))
	breaks("FM-CELLS", otherForm(r))
	breaks("XY-E1-ITEMS", prev != nil && itemsMoved(r, prev))
	breaks("TX-GOV4", r.Agency.Type == gongkai.Government && !slices.Contains(r.Sections[4], supervised))
	for _, f := range r.Facts {
		if d, ok := stated[f.Measure]; ok && f.Value != d.of(r) {
			rules = append(rules, d.rule)
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// A statement is a number in the prose that a table has too.
type statement struct {
	rule string
	keys []fixture.Key // whose sum it is
}

func (s statement) of(r *fixture.Report) gongkai.Decimal {
	var sum gongkai.Decimal
	for _, k := range s.keys {
		sum += r.Number(k)
	}
	return sum
}

// stated lists the statements beside the number of requests received, which
// fixture.Failing tests.
var stated = map[string]statement{
	"carried_in":                 {"TX-CIN", []fixture.Key{{Table: requests, Row: "carried_in", Column: "total"}}},
	"carried_out":                {"TX-COUT", []fixture.Key{{Table: requests, Row: "carried_out", Column: "total"}}},
	"processed":                  {"TX-DONE", []fixture.Key{{Table: requests, Row: "processed_total", Column: "total"}}},
	"reconsideration":            {"TX-REC", []fixture.Key{{Table: disputes, Row: "reconsideration", Column: "total"}}},
	"suit":                       {"TX-SUIT", []fixture.Key{{Table: disputes, Row: "suit_direct", Column: "total"}, {Table: disputes, Row: "suit_after_reconsideration", Column: "total"}}},
	"normative_documents_issued": {"TX-NORM", []fixture.Key{{Table: proactive, Row: "normative_document", Column: "issued"}}},
}

// beyondWhole reports an outcome larger than all outcomes, or more carried over
// than there was.
func beyondWhole(r *fixture.Report) bool {
	for _, k := range fixture.Keys(r.Forms) {
		if k.Table != requests {
			continue
		}
		at := func(row string) gongkai.Decimal {
			return r.Number(fixture.Key{Table: requests, Row: row, Column: k.Column})
		}
		switch k.Row {
		case "new_received", "carried_in", "processed_total":
		case "carried_out":
			if r.Number(k) > at("new_received")+at("carried_in") {
				return true
			}
		default:
			if r.Number(k) > at("processed_total") {
				return true
			}
		}
	}
	return false
}

// otherForm reports a table in a form that is not the one in force.
func otherForm(r *fixture.Report) bool {
	form := fixture.Form2021
	if r.Year <= 2020 {
		form = fixture.Form2019
	}
	return r.Forms != form
}

// itemsMoved reports a list of items that does not go on where last year's ended.
func itemsMoved(r, prev *fixture.Report) bool {
	if r.Forms.Proactive != "2019" || prev.Forms.Proactive != "2019" {
		return false
	}
	for _, row := range []string{"licence", "other_service", "penalty", "coercion", "fee"} {
		was := func(column string) gongkai.Decimal {
			return prev.Number(fixture.Key{Table: proactive, Row: row, Column: column})
		}
		if r.Number(fixture.Key{Table: proactive, Row: row, Column: "items_prev"}) != was("items_prev")+was("items_change") {
			return true
		}
	}
	return false
}

// supervised is what governments must report beside the rest (条例 art. 50).
const supervised = "（三）工作考核、社会评议和责任追究。年内对各单位的公开工作进行了考核和社会评议，没有发生责任追究的情形。"
