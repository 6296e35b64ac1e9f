package synthetic

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"

	"gongkai"
)

// Years is how many consecutive years every agency reports on, from FirstYear.
const (
	FirstYear = 2021
	Years     = 4
)

// A Generator makes reports of one form, which must have the tables requests,
// disputes and proactive with the rows of form 2021.
type Generator struct {
	Form       *gongkai.Form
	Seed       uint64
	ErrorEvery int // one report in so many has an error; 0 for none
}

// A Report is a made report with its document.
type Report struct {
	Document *gongkai.Document
	Report   *gongkai.Report
	Planted  string // the rule that a planted error breaks; empty if there is none
}

// Make returns report i: agency i/Years for year FirstYear + i%Years.
func (g *Generator) Make(i int) Report {
	agency, year := i/Years, FirstYear+i%Years
	d := &gongkai.Document{
		Name: fmt.Sprintf("synthetic-%d.html", i), MediaType: "text/html", Body: fmt.Appendf(nil, "%d/%d", g.Seed, i),
		AgencyID: fmt.Sprintf("synthetic-%d", agency), Year: year, Published: fmt.Sprintf("%d-01-2%d", year+1, agency%10),
	}
	name := fmt.Sprintf("第%d局", agency)
	r := &gongkai.Report{
		Document: d.Hash(), Name: d.Name, Part: 1, Reader: "html", AgencyID: d.AgencyID, Agency: name, Year: year, Scope: gongkai.ScopeOwn,
		Title: fmt.Sprintf("%s%d年政府信息公开工作年度报告", name, year), Published: d.Published,
		Period: [2]string{fmt.Sprintf("%d-01-01", year), fmt.Sprintf("%d-12-31", year)}, Citations: []string{g.Form.Basis},
	}
	f := g.figures(agency, year)
	planted := g.plant(f, i)
	g.fill(r, f)
	prose(r, f)
	return Report{Document: d, Report: r, Planted: planted}
}

// figures are the cells of one report that are not zero, by address.
type figures map[[3]string]int64

var applicants = []string{"natural_person", "company", "research_org", "public_interest_org", "legal_service_org", "other_org"}

// figures draws consistent figures. What is carried out is drawn from agency
// and year alone, so that next year's report carries the same in.
func (g *Generator) figures(agency, year int) figures {
	f := figures{}
	size := rand.New(rand.NewPCG(g.Seed, uint64(agency))).Int64N(40)
	for _, c := range applicants {
		in, out := g.carried(agency, year-1, c, size), g.carried(agency, year, c, size)
		rng := g.rand(agency, year, c)
		outcomes := int64(0)
		for _, row := range g.outcomes() {
			n := max(0, rng.Int64N(size+20)-19) / 4
			f.add("requests", row, c, n)
			outcomes += n
		}
		f.add("requests", "processed_total", c, outcomes)
		// new = processed + out - in, made non-negative by processing more
		if missing := in - outcomes - out; missing > 0 {
			f.add("requests", "granted", c, missing)
			f.add("requests", "processed_total", c, missing)
			outcomes += missing
		}
		f.add("requests", "carried_in", c, in)
		f.add("requests", "carried_out", c, out)
		f.add("requests", "new_received", c, outcomes+out-in)
	}
	for _, row := range []string{"reconsideration", "suit_direct", "suit_after_reconsideration"} {
		for _, c := range []string{"upheld", "corrected", "other", "pending"} {
			f.add("disputes", row, c, max(0, g.rand(agency, year, row+c).Int64N(size/4+6)-4))
		}
	}
	inForce := int64(agency%90) + 1
	f.add("proactive", "normative_document", "in_force", inForce+int64(year-FirstYear))
	f.add("proactive", "normative_document", "issued", 1)
	for _, row := range []string{"licence", "penalty", "coercion"} {
		f.add("proactive", row, "decisions", g.rand(agency, year, row).Int64N(size*30+1))
	}
	return f
}

// add adds n to a cell, and to the total of its row.
func (f figures) add(table, row, column string, n int64) {
	f[[3]string{table, row, column}] += n
	if table != "proactive" {
		f[[3]string{table, row, "total"}] += n
	}
}

func (g *Generator) carried(agency, year int, applicant string, size int64) int64 {
	return max(0, g.rand(agency, year, "carried"+applicant).Int64N(size+4)-3) / 8
}

// rand gives the random numbers for one thing, whatever was drawn before.
func (g *Generator) rand(agency, year int, what string) *rand.Rand {
	h := uint64(14695981039346656037)
	for _, b := range fmt.Appendf(nil, "%d/%d/%s", agency, year, what) {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return rand.New(rand.NewPCG(g.Seed, h))
}

func (g *Generator) outcomes() []string {
	var rows []string
	for i := range g.Form.Tables {
		for _, r := range g.Form.Tables[i].Rows {
			if r.Kind == "outcome" {
				rows = append(rows, r.ID)
			}
		}
	}
	return rows
}

// plant spoils one cell of every ErrorEvery-th report.
func (g *Generator) plant(f figures, i int) string {
	if g.ErrorEvery == 0 || i%g.ErrorEvery != g.ErrorEvery-1 {
		return ""
	}
	switch i / g.ErrorEvery % 4 {
	case 0:
		f[[3]string{"requests", "granted", "total"}]++
		return "T3-SUM"
	case 1:
		f[[3]string{"disputes", "reconsideration", "total"}]++
		return "T4-SUM"
	case 2:
		f[[3]string{"requests", "carried_out", "company"}]++
		return "T3-BAL"
	default:
		f[[3]string{"requests", "denied_third_party", "natural_person"}]++
		return "T3-ROW"
	}
}

// fill writes all cells of the form.
func (g *Generator) fill(r *gongkai.Report, f figures) {
	r.Cells = make([]gongkai.Cell, 0, g.Form.Size())
	for i := range g.Form.Tables {
		t := &g.Form.Tables[i]
		r.Tables = append(r.Tables, gongkai.Table{ID: t.ID, Form: g.Form.ID, Found: true, Method: "html"})
		for j := range t.Rows {
			for k, c := range t.CellColumns(&t.Rows[j]) {
				v := gongkai.Int(f[[3]string{t.ID, t.Rows[j].ID, c}])
				r.Cells = append(r.Cells, gongkai.Cell{
					Table: t.ID, Row: t.Rows[j].ID, Column: c, Form: g.Form.ID, State: gongkai.Number, Value: v, Raw: v.String(),
					Status: gongkai.Disputed, Place: gongkai.Place{Table: i + 1, Row: j + 4, Column: k + 3},
				})
			}
		}
	}
}

// The text of sections is a hash in these characters: long enough to say
// something, and no report's text is like another's. Governments must speak of supervision.
const (
	hexDigits  = "0123456789abcdef"
	characters = "本年度依法主动公开各类政务信息办"
	closing    = "。考核、社会评议、责任追究均无异常。"
)

// words makes the text of a section.
func words(seed string) string {
	return strings.Map(func(r rune) rune {
		return []rune(characters)[strings.IndexRune(hexDigits, r)]
	}, fmt.Sprintf("%x", sha256.Sum256([]byte(seed)))) + closing
}

// prose writes six sections and the figures that the first one states.
func prose(r *gongkai.Report, f figures) {
	for n, title := range []string{"总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "因政府信息公开工作被申请行政复议、提起行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项"} {
		r.Sections = append(r.Sections, gongkai.Section{
			Number: n + 1, Title: title, Present: true, Order: n + 1, Text: words(fmt.Sprint(r.Title, n)),
		})
	}
	received := gongkai.Int(f[[3]string{"requests", "new_received", "total"}])
	r.Facts = []gongkai.Fact{{
		Section: 1, Measure: "received", Value: received, Unit: "件", Total: true, Sentence: "收到申请" + received.String() + "件。",
	}}
}
