package analysis_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gongkai"
	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/extract/reader"
	"gongkai/internal/testbed/fixture"
	"gongkai/warehouse"

	"github.com/google/go-cmp/cmp"
)

// A slip is one way of getting a report wrong.
type slip struct {
	name  string
	rule  string // that finds it
	costs string // the dimension that is lower for it; empty if the index does not ask
	do    func(r, prev, neighbour *fixture.Report) bool
}

// slips are all kinds of planted errors of the fixtures, and what can go wrong
// beside the figures.
func slips(t *testing.T) []slip {
	t.Helper()
	found := map[fixture.Kind][2]string{
		fixture.Typo:         {"T3-ROW", "d4_arithmetic"},
		fixture.BrokenFlow:   {"T3-BAL", "d4_arithmetic"},
		fixture.BrokenSum:    {"T3-SUM", "d4_arithmetic"},
		fixture.BrokenRow:    {"T3-ROW", "d4_arithmetic"},
		fixture.ZeroTotal:    {"T4-SUM", "d4_arithmetic"},
		fixture.OtherProse:   {"TX-RECV", "d6_text"},
		fixture.BrokenCarry:  {"XY-CARRY", "d5_continuity"},
		fixture.BrokenStock:  {"XY-NORMDOC", "d5_continuity"},
		fixture.ShiftedRow:   {"T3-SUM", "d4_arithmetic"},
		fixture.FeeInYuan:    {"XY-UNIT", ""},
		fixture.CopiedReport: {"XY-DUP", "d5_continuity"},
		fixture.CopiedText:   {"TX-DUP", "d6_text"},
		fixture.TownRules:    {"T2-REG-POWER", ""},
	}
	var list []slip
	for _, kind := range fixture.Kinds() {
		f, ok := found[kind]
		if !ok {
			t.Errorf("what finds %s, and what does it cost?", kind)
		}
		list = append(list, slip{string(kind), f[0], f[1], func(r, prev, _ *fixture.Report) bool {
			for seed := range uint64(50) {
				if _, ok := fixture.Plant(kind, r, prev, seed); ok {
					return true
				}
			}
			return false
		}})
	}
	return append(
		list,
		slip{"late", "PB-ONTIME", "d1_timeliness", func(r, _, _ *fixture.Report) bool {
			r.Published = fmt.Sprintf("%d-02-20", r.Year+1)
			return true
		}},
		slip{"empty section", "TX-EMPTY5", "d6_text", func(r, _, _ *fixture.Report) bool {
			r.Sections[4] = []string{"无。"}
			return true
		}},
		slip{"blank total", "FM-BLANKTOTAL", "d2_completeness", func(r, _, _ *fixture.Report) bool {
			r.SetPrinted(fixture.Key{Table: "requests", Row: "new_received", Column: "total"}, fixture.Value{State: gongkai.Blank})
			return true
		}},
		slip{"section of a neighbour", "TX-DUP", "d6_text", func(r, _, neighbour *fixture.Report) bool {
			r.Sections[4] = slices.Clone(neighbour.Sections[4])
			return true
		}},
		slip{"tables of a neighbour", "PL-TWIN", "d5_continuity", func(r, _, neighbour *fixture.Report) bool {
			for _, k := range fixture.Keys(r.Forms) {
				r.Set(k, neighbour.Number(k))
			}
			return true
		}},
	)
}

// A world is a peer group of its own: four bureaus that report on a year and
// the year before. One is without fault, one has a sum wrong, one is late; the
// fourth is that whose report gets the slip, on top of another one or alone.
type world struct {
	year   int
	before *slip
	slip
}

func (w *world) String() string {
	if w.before != nil {
		return w.name + " on top of " + w.before.name
	}
	return w.name
}

// sinner is the number of the bureau that gets the slip.
const sinner = 1

// id is unique over all worlds, so that no two have anything to do with each other.
func (w *world) id(bureau int) string { return fmt.Sprintf("%d-%d", w.year, bureau) }

func (w *world) agency(bureau int) gongkai.Agency {
	number := w.year % 100
	name := "示例市" + string([]rune("甲乙丙丁戊己庚辛壬癸")[number%10]) + string([]rune("子丑寅卯辰巳午未申酉戌亥")[number%12]) + "县" +
		[]string{"水务局", "林业局", "商务局", "统计局"}[bureau]
	return gongkai.Agency{ID: w.id(bureau), Name: name, Level: gongkai.County, Type: gongkai.Department}
}

// reports makes the reports of a world, and says whether the slip could be made.
func (w *world) reports(planted bool) (list []*fixture.Report, ok bool) {
	ok = true
	var first *fixture.Report
	for bureau := range 4 {
		zero := fixture.ZeroDigit
		series := fixture.Series(uint64(100*w.year+bureau), fixture.Options{
			Agency: w.agency(bureau), Year: w.year - 1, Size: fixture.Large, Forms: fixture.Form2021, Zero: &zero, Plain: true,
		}, 2)
		prev, r := series[0], series[1]
		r.Published = fmt.Sprintf("%d-01-%d", w.year+1, 10+bureau)
		switch bureau {
		case 0:
			first = r
		case sinner:
			if w.before != nil {
				ok = w.before.do(r, prev, first)
			}
			if planted {
				ok = ok && w.do(r, prev, first)
			}
		case 2:
			_, planted := fixture.Plant(fixture.BrokenSum, r, prev, 1)
			ok = ok && planted
		case 3:
			r.Published = fmt.Sprintf("%d-03-01", w.year+1)
		}
		list = append(list, series...)
	}
	return list, ok
}

// reading reads reports as they would be met on a site, some later than others.
func reading(t *testing.T, r *reader.Reader, reports []*fixture.Report, day int) []warehouse.Item {
	t.Helper()
	style, _ := fixture.Find("html-trs")
	var items []warehouse.Item
	for _, x := range reports {
		d := &gongkai.Document{
			Name: fmt.Sprintf("%s-%d.html", x.Agency.ID, x.Year), MediaType: style.MediaType, Body: style.Bytes(x),
			AgencyID: x.Agency.ID, Year: x.Year, Published: x.Published, Fetched: time.Date(2099, 6, day, 0, 0, 0, 0, time.UTC),
		}
		content, err := r.Read(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		read, err := extract.Extract(d, content)
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, warehouse.Item{Document: d, Reports: read})
	}
	return items
}

// TestSlips puts each kind of error into one report of a group and takes it out
// again. It must cost the agency what it is about and never help it, nobody
// else may lose, and afterwards, or loaded in another order, all must be as if
// it had never been.
func TestSlips(t *testing.T) {
	r := reader.New(reader.Options{})
	t.Cleanup(func() { r.Close() })
	var worlds []*world
	all := slips(t)
	for i := range all {
		worlds = append(worlds, &world{slip: all[i]})
	}
	for i := range all { // and on top of others
		before := &all[(i+4)%len(all)]
		switch {
		case all[i].rule == "FM-BLANKTOTAL": // a total left blank must not hide that it was wrong
			before = &all[slices.IndexFunc(all, func(s slip) bool { return s.rule == "T3-BAL" })]
		case i%4 != 0:
			continue
		}
		worlds = append(worlds, &world{slip: all[i], before: before})
	}
	var agencies []gongkai.Agency
	var innocent, guilty, mended []warehouse.Item
	for i, w := range worlds {
		w.year = 2030 + 2*i
		without, _ := w.reports(false)
		with, ok := w.reports(true)
		if !ok {
			t.Fatalf("%s cannot be planted", w)
		}
		for bureau := range 4 {
			agencies = append(agencies, w.agency(bureau))
		}
		innocent = append(innocent, reading(t, r, without, 1)...)
		guilty = append(guilty, reading(t, r, with, 1)...)
		if w.name != "late" { // what was late stays late
			mended = append(mended, reading(t, r, without[2*sinner+1:2*sinner+2], 2)...)
		}
	}
	random := rand.New(rand.NewPCG(5, 6))
	random.Shuffle(len(guilty), func(i, j int) { guilty[i], guilty[j] = guilty[j], guilty[i] })

	clean, spoilt := openMemory(t), openMemory(t)
	for _, db := range []*warehouse.DB{clean, spoilt} {
		if err := db.SetAgencies(t.Context(), agencies); err != nil {
			t.Fatal(err)
		}
	}
	load(t, clean, innocent...)
	load(t, spoilt, guilty...)
	check(t, clean, analysis.CheckOptions{Store: true})
	_, findings := check(t, spoilt, analysis.CheckOptions{Store: true})
	before := make([]*analysis.Ranking, len(worlds))
	for i, w := range worlds {
		before[i] = w.rank(t, clean)
		w.compare(t, before[i], w.rank(t, spoilt))
		if !slices.ContainsFunc(findings, func(f analysis.Finding) bool {
			return f.AgencyKey == w.id(sinner) && f.Year == w.year && f.Rule == w.rule
		}) {
			t.Errorf("%s: no finding of %s", w, w.rule)
		}
	}
	load(t, spoilt, mended...)
	check(t, spoilt, analysis.CheckOptions{Store: true})
	for i, w := range worlds {
		if w.name == "late" {
			continue
		}
		was, is := fmt.Appendf(nil, "%+v", before[i]), fmt.Appendf(nil, "%+v", w.rank(t, spoilt))
		if !bytes.Equal(was, is) {
			t.Errorf("%s, and taken out again:\n%s", w, cmp.Diff(string(was), string(is)))
		}
	}
}

func (w *world) rank(t *testing.T, db *warehouse.DB) *analysis.Ranking {
	t.Helper()
	r := rank(t, db, analysis.RankOptions{Year: w.year, PeerGroup: "county_department", Seed: 1, Stored: true, Fewest: 1})
	if len(r.Strata) != 1 || len(r.Strata[0].Standings) != 4 || r.Expected != 4 {
		t.Fatalf("%s: %+v", w, r)
	}
	return r
}

// compare wants one to have lost and nobody else to.
func (w *world) compare(t *testing.T, before, after *analysis.Ranking) {
	t.Helper()
	of := func(r *analysis.Ranking, bureau int) analysis.Standing {
		list := r.Strata[0].Standings
		return list[slices.IndexFunc(list, func(s analysis.Standing) bool { return s.AgencyKey == w.id(bureau) })]
	}
	for bureau := range 4 {
		was, is := of(before, bureau), of(after, bureau)
		if w.rule == "FM-BLANKTOTAL" && w.before != nil { // half of the draws take a blank for unknown: the intervals may move
			is.Median, is.Low, is.High, is.TopDecile = was.Median, was.Low, was.High, was.TopDecile
		}
		if bureau != sinner {
			if is.Last > is.Rank { // it shares its place now, and how sure that is
				is.High, is.TopDecile = was.High, was.TopDecile
			}
			if is.Rank > was.Rank || is.Median > was.Median || is.Low > was.Low || is.High > was.High || is.TopDecile < was.TopDecile {
				t.Errorf("%s: %s loses: %+v, %+v", w, is.Agency, was, is)
			}
			if diff := cmp.Diff(unranked(was), unranked(is), cmp.Exporter(all)); diff != "" {
				t.Errorf("%s: %s is another:\n%s", w, is.Agency, diff)
			}
			continue
		}
		if is.Score > was.Score || is.Rank < was.Rank || is.Median < was.Median || is.Low < was.Low || is.High < was.High ||
			is.TopDecile > was.TopDecile || is.Band < was.Band || is.CappedBand < was.CappedBand || is.Errors < was.Errors {
			t.Errorf("%s helps: %+v, %+v", w, was, is)
		}
		if w.before == nil && was.Score != 100 {
			t.Errorf("%s: %g points without a fault: %+v", w, was.Score, was.Values)
		}
		for d, v := range is.Values {
			name := after.Dimensions[d].Name
			if v.Known != was.Values[d].Known || v.Value > was.Values[d].Value || name == w.costs && v.Value == was.Values[d].Value {
				t.Errorf("%s: %s was %+v, is %+v", w, name, was.Values[d], v)
			}
		}
		if w.costs == "" != (is.Score == was.Score) {
			t.Errorf("%s: %g points, and then %g", w, was.Score, is.Score)
		}
	}
}
