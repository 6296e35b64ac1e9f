package queries_test

import (
	"encoding/csv"
	"strconv"
	"strings"
	"testing"
	"time"

	"gongkai"
	"gongkai/extract"
	"gongkai/warehouse"

	"github.com/rogpeppe/go-internal/txtar"
)

// A builder makes reports of the rows in a txtar. Every cell that is not
// mentioned is zero, so that all identities hold but for what a test spoils.
type builder struct {
	t        *testing.T
	forms    map[string]gongkai.Form
	reports  map[string]*gongkai.Report
	items    []warehouse.Item
	agencies []gongkai.Agency
	events   []gongkai.AgencyEvent
	names    []gongkai.AgencyName
	rosters  []gongkai.Obligation
	runs     []warehouse.Run
	alerts   []warehouse.Alert
	fetches  []warehouse.FetchProblem
}

func newBuilder(t *testing.T) *builder {
	b := &builder{t: t, forms: map[string]gongkai.Form{}, reports: map[string]*gongkai.Report{}}
	for _, f := range extract.Forms() {
		b.forms[f.ID] = f
	}
	return b
}

// build reads reports.csv first and then all other files but want.csv.
func (b *builder) build(a *txtar.Archive) {
	b.eachRow(part(a, "reports.csv"), b.report)
	for _, f := range a.Files {
		do := map[string]func(map[string]string){
			"cells.csv": b.cell, "facts.csv": b.fact, "sections.csv": b.section, "issues.csv": b.issue,
			"extra.csv": b.extra, "tables.csv": b.table, "problems.csv": b.problem, "events.csv": b.event,
			"agencies.csv": b.agency, "names.csv": b.name, "rosters.csv": b.roster, "runs.csv": b.run, "alerts.csv": b.alert,
			"fetches.csv": b.fetch,
			"reports.csv": func(map[string]string) {}, "want.csv": func(map[string]string) {},
		}[f.Name]
		if do == nil {
			b.t.Fatalf("unknown file %s", f.Name)
		}
		b.eachRow(string(f.Data), do)
	}
}

func (b *builder) eachRow(text string, do func(map[string]string)) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		b.t.Fatal(err)
	}
	for i := 1; i < len(records); i++ {
		row := map[string]string{}
		for j, name := range records[0] {
			row[name] = records[i][j]
		}
		do(row)
	}
}

func or(s, preset string) string {
	if s == "" {
		return preset
	}
	return s
}

func (b *builder) number(s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

func (b *builder) day(s string) time.Time {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		b.t.Fatal(err)
	}
	return day
}

// report takes a row of reports.csv: id, agency, year and, as far as a test
// needs them, agency_id, scope, form, title, published, first, last, cites, reader, level, type, parent,
// and of the document url, posted (the date in the list it stood in) and fetched.
func (b *builder) report(row map[string]string) {
	d := &gongkai.Document{Name: row["id"], Body: []byte(row["id"]), URL: row["url"], Published: row["posted"]}
	if row["fetched"] != "" {
		d.Fetched = b.day(row["fetched"])
	}
	r := &gongkai.Report{
		Document: d.Hash(), Name: d.Name, Part: 1, Reader: or(row["reader"], "html"), AgencyID: row["agency_id"], Agency: row["agency"],
		Year: b.number(row["year"]), Scope: gongkai.Scope(or(row["scope"], "own")), Published: row["published"],
		Title: or(row["title"], row["agency"]+row["year"]+"年政府信息公开工作年度报告"), Period: [2]string{row["first"], row["last"]},
	}
	if row["cites"] != "" {
		r.Citations = strings.Split(row["cites"], ";")
	}
	if row["level"] != "" {
		b.agencies = append(b.agencies, gongkai.Agency{
			ID: row["agency_id"], Name: row["agency"], Level: gongkai.Level(row["level"]), Type: gongkai.AgencyType(row["type"]), Parent: row["parent"],
		})
	}
	form := b.forms[or(row["form"], "2021")]
	for i := range form.Tables {
		t := &form.Tables[i]
		r.Tables = append(r.Tables, gongkai.Table{ID: t.ID, Form: form.ID, Found: true, Method: "html"})
		for j := range t.Rows {
			for _, c := range t.CellColumns(&t.Rows[j]) {
				r.Cells = append(r.Cells, gongkai.Cell{
					Table: t.ID, Row: t.Rows[j].ID, Column: c, Form: form.ID, State: gongkai.Number, Raw: "0", Status: gongkai.Verified,
				})
			}
		}
	}
	b.reports[row["id"]] = r
	b.items = append(b.items, warehouse.Item{Document: d, Reports: []*gongkai.Report{r}})
}

// cell takes a row of cells.csv: report, cell, raw and, as far as a test needs them, status and unit. A cell "requests.*.total"
// means all rows, and likewise for columns.
func (b *builder) cell(row map[string]string) {
	r, found := b.reports[row["report"]], false
	want := strings.Split(row["cell"], ".")
	for i := range r.Cells {
		c := &r.Cells[i]
		if fits(want[0], c.Table) && fits(want[1], c.Row) && fits(want[2], c.Column) {
			b.set(c, row["raw"])
			c.Status = gongkai.Status(or(row["status"], string(c.Status)))
			c.Unit = row["unit"]
			found = true
		}
	}
	if !found {
		b.t.Fatalf("no cell %s", row["cell"])
	}
}

func fits(want, id string) bool { return want == "*" || want == id }

func (b *builder) set(c *gongkai.Cell, raw string) {
	states := map[string]gongkai.State{
		"": gongkai.Blank, "/": gongkai.Slash, "-": gongkai.Dash, "无": gongkai.NAText, "absent": gongkai.Missing, "words": gongkai.Text,
	}
	c.Raw, c.Value = raw, 0
	state, ok := states[raw]
	if !ok {
		v, err := gongkai.ParseDecimal(raw)
		if err != nil {
			b.t.Fatalf("cell %q: %v", raw, err)
		}
		c.Value, state = v, gongkai.Number
	}
	c.State = state
}

func (b *builder) fact(row map[string]string) {
	v, err := gongkai.ParseDecimal(row["value"])
	if err != nil {
		b.t.Fatal(err)
	}
	r := b.reports[row["report"]]
	r.Facts = append(r.Facts, gongkai.Fact{
		Section: 1, Measure: row["measure"], Value: v, Unit: or(row["unit"], "件"), Total: row["total"] != "false",
		Approximate: row["approximate"] == "true", Sentence: or(row["sentence"], "句子"),
	})
}

func (b *builder) section(row map[string]string) {
	r := b.reports[row["report"]]
	r.Sections = append(r.Sections, gongkai.Section{
		Number: b.number(row["number"]), Present: row["order"] != "", Order: b.number(row["order"]), Text: row["text"],
	})
}

func (b *builder) issue(row map[string]string) {
	r := b.reports[row["report"]]
	r.Issues = append(r.Issues, gongkai.Issue{Code: row["code"], Table: row["table"], Row: row["row"], Detail: row["detail"]})
}

func (b *builder) extra(row map[string]string) {
	r := b.reports[row["report"]]
	r.Extra = append(r.Extra, gongkai.ExtraRow{Table: row["table"], Label: row["label"], Values: []string{"1"}})
}

// table marks a table of a report as not found.
func (b *builder) table(row map[string]string) {
	r := b.reports[row["report"]]
	for i := range r.Tables {
		if r.Tables[i].ID == row["missing"] {
			r.Tables[i].Found = false
		}
	}
}

// event takes a row of events.csv: type, first_year, from and to, with
// semicolons between several agencies.
func (b *builder) event(row map[string]string) {
	keys := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == ';' }) }
	b.events = append(b.events, gongkai.AgencyEvent{
		Type: gongkai.EventType(row["type"]), Date: row["first_year"] + "-03-01", FirstYear: b.number(row["first_year"]),
		From: keys(row["from"]), To: keys(row["to"]), Source: "source",
	})
}

// agency takes a row of agencies.csv: id, name, level, type, first_year and visited.
func (b *builder) agency(row map[string]string) {
	b.agencies = append(b.agencies, gongkai.Agency{
		ID: row["id"], Name: row["name"], Level: gongkai.Level(row["level"]), Type: gongkai.AgencyType(row["type"]),
		FirstYear: b.number(row["first_year"]), Visited: row["visited"],
	})
}

// name takes a row of names.csv: agency and its name.
func (b *builder) name(row map[string]string) {
	b.names = append(b.names, gongkai.AgencyName{Agency: row["agency"], Kind: gongkai.FullName, Value: row["name"], Source: "source"})
}

// roster takes a row of rosters.csv: agency, year, said, basis, government and complete.
func (b *builder) roster(row map[string]string) {
	b.rosters = append(b.rosters, gongkai.Obligation{
		Agency: row["agency"], Year: b.number(row["year"]), Said: gongkai.Said(row["said"]), Government: row["government"], Complete: row["complete"] == "true", Basis: or(row["basis"], "record"), Source: "list of " + row["year"],
	})
}

// problem takes a row of problems.csv: name, step, code, detail, next, and of
// the document agency_id and year.
func (b *builder) problem(row map[string]string) {
	b.items = append(b.items, warehouse.Item{
		Document: &gongkai.Document{Name: row["name"], Body: []byte(row["name"]), AgencyID: row["agency_id"], Year: b.number(row["year"])},
		Problem:  &warehouse.Problem{Step: row["step"], Code: row["code"], Detail: row["detail"], Next: row["next"]},
	})
}

// fetch takes a row of fetches.csv: site, url, title, result, kind, detail, next.
func (b *builder) fetch(row map[string]string) {
	b.fetches = append(b.fetches, warehouse.FetchProblem{
		Site: row["site"], URL: row["url"], Title: row["title"], Result: row["result"], Kind: row["kind"], Detail: row["detail"], Next: row["next"],
		Since: b.day("2024-05-01"), Seen: b.day("2024-05-02"),
	})
}

// run takes a row of runs.csv: run, started and finished (days), sites (a
// semicolon between them, a mark of exclamation behind one with an alert),
// captured, new, held and failure.
func (b *builder) run(row map[string]string) {
	r := warehouse.Run{
		ID: row["run"], Started: b.day(row["started"]), Finished: b.day(row["finished"]), Version: "v1", Failure: row["failure"],
		Expected: b.number(row["captured"]), Captured: b.number(row["captured"]), New: b.number(row["new"]),
	}
	if row["held"] != "" {
		r.Held = strings.Split(row["held"], ";")
	}
	for site := range strings.SplitSeq(row["sites"], ";") {
		s := warehouse.SiteRun{Site: strings.TrimSuffix(site, "!")}
		if s.Site != site {
			s.Alerts = 1
		}
		r.Sites = append(r.Sites, s)
	}
	b.runs = append(b.runs, r)
}

// alert takes a row of alerts.csv: site, code, column, detail, since and
// resolved (days; empty while it is open).
func (b *builder) alert(row map[string]string) {
	a := warehouse.Alert{Site: row["site"], Code: row["code"], Column: row["column"], Detail: row["detail"], Since: b.day(row["since"])}
	a.Told = a.Since
	if row["resolved"] != "" {
		a.Resolved = b.day(row["resolved"])
	}
	b.alerts = append(b.alerts, a)
}
