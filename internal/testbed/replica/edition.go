package replica

import (
	"fmt"
	"maps"
	"slices"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// fill makes the reports of a site and plants their errors.
func (w *World) fill(h *web, o Options, n uint64) error {
	clean := func(i int) []*fixture.Report { // as they are without errors
		b := h.place.bodies[i]
		a, _ := agencyOf(b.agency, h.place)
		series := fixture.Series(o.Seed+1000*n+10*uint64(i), fixture.Options{Agency: a, Year: b.from, Size: b.size}, lastYear-b.from+1)
		b.former.sign(series)
		return series
	}
	published := map[Edition]*fixture.Report{}
	for i, b := range h.place.bodies {
		a, ok := agencyOf(b.agency, h.place)
		if !ok {
			return fmt.Errorf("no agency %s", b.agency)
		}
		w.Agencies = append(w.Agencies, a)
		h.agencies = append(h.agencies, a)
		if b.agency == wuzhong {
			w.add(h, b, wuzhongReport(a, o.Seed+1000*n+10*uint64(i)))
			continue
		}
		draw := func(except int) ([]*fixture.Report, []Planted, error) {
			series := clean(i)
			if b.sums {
				if err := w.sumUp(h.place, b, series, clean); err != nil {
					return nil, nil, err
				}
			}
			planted, err := spoil(b, series, except)
			return series, append(planted, plantedLeft(b)...), err
		}
		mended := 0
		if o.Night != Ordinary {
			mended = b.mended
		}
		series, planted, err := draw(mended)
		if err != nil {
			return err
		}
		w.publishSeries(h, b, series)
		if o.Night != Ordinary && b.second {
			if series, planted, err = draw(lastYear); err != nil {
				return err
			}
			r := series[len(series)-1]
			h.news = append(h.news, entry{title: r.Title() + "（更正）", date: fmt.Sprintf("%d-06-14", lastYear+1), report: r, style: styleOf(b, lastYear)})
		}
		w.Planted = append(w.Planted, planted...)
		w.judge(b, series)
		for _, r := range series {
			if !slices.Contains(b.none, r.Year) {
				published[Edition{b.agency, r.Year}] = r
			}
		}
	}
	w.judgeSums(h.place, published)
	return nil
}

// spoil plants the errors of a body, but for one year.
func spoil(b body, series []*fixture.Report, except int) (planted []Planted, err error) {
	var prev *fixture.Report
	for _, r := range series {
		if kind, wanted := b.errors[r.Year]; wanted && r.Year != except {
			p, err := plant(kind, r, prev)
			if err != nil {
				return nil, err
			}
			planted = append(planted, Planted{Edition{b.agency, r.Year}, p})
		}
		if r.Agency.Type == gongkai.Government && !slices.Contains(b.silent, r.Year) {
			r.Sections[4] = append(r.Sections[4], supervised)
		}
		prev = r
	}
	return planted, nil
}

// plant tries seeds until the error can be made.
func plant(kind fixture.Kind, r, prev *fixture.Report) (fixture.Planted, error) {
	for seed := range uint64(100) {
		if p, ok := fixture.Plant(kind, r, prev, seed); ok {
			return p, nil
		}
	}
	return fixture.Planted{}, fmt.Errorf("%s cannot be planted in the report of %s for %d", kind, r.Agency.ID, r.Year)
}

// publishSeries gives the reports of a body to its site.
func (w *World) publishSeries(h *web, b body, series []*fixture.Report) {
	for _, r := range series {
		e := Edition{b.agency, r.Year}
		switch {
		case slices.Contains(b.none, r.Year):
			w.miss(h, e)
			h.silent = append(h.silent, r.Agency.Name)
			continue
		case slices.Contains(b.late, r.Year):
			r.Published = fmt.Sprintf("%d-04-11", r.Year+1)
			w.Late = append(w.Late, e)
			w.Findings = append(w.Findings, Finding{e, "PB-ONTIME"})
		}
		w.add(h, b, r)
	}
}

// miss notes a report that is due and cannot be had. A check misses it too, but
// for a site at which nobody could look.
func (w *World) miss(h *web, e Edition) {
	w.Missing = append(w.Missing, e)
	if h.place.id != walledSite {
		w.Findings = append(w.Findings, Finding{e, "PB-FOUND"})
	}
}

// judge notes what a check must find in the current reports of a body.
func (w *World) judge(b body, series []*fixture.Report) {
	var prev *fixture.Report
	for _, r := range series {
		if o := behaviours[b.odd]; slices.Contains(b.none, r.Year) || o.problem != "" || b.odd != "" && o.want != "new" {
			if o.problem == "no_table" && !slices.Contains(b.none, r.Year) {
				w.Findings = append(w.Findings, Finding{Edition{b.agency, r.Year}, "FM-CELLS"}) // read, but without its tables
			}
			prev = nil
			continue
		}
		w.read = append(w.read, r)
		for _, rule := range broken(r, prev) {
			w.Findings = append(w.Findings, Finding{Edition{b.agency, r.Year}, rule})
		}
		prev = r
	}
}

// add publishes a report and, if it is one that was corrected, the faulty
// edition that came before it.
func (w *World) add(h *web, b body, r *fixture.Report) {
	title := r.Title()
	if slices.Contains(b.again, r.Year) {
		h.add(entry{title: title, date: r.Published, report: faulty(r), style: styleOf(b, r.Year)})
		w.Reports++
		title += "（更正）"
		r.Published = fmt.Sprintf("%d-02-20", r.Year+1)
	}
	e := entry{title: title, date: r.Published, report: r, style: styleOf(b, r.Year), odd: b.odd}
	if slices.Contains(b.stub, r.Year) {
		e.stub, e.odd = true, "page that only links a file"
		w.Reports++ // in the file
	}
	w.promise(h, h.add(e))
}

// promise notes what must become of an entry.
func (w *World) promise(h *web, e *entry) {
	o, odd := behaviours[e.odd]
	if !odd {
		w.Reports++
		return
	}
	w.Quirks = append(w.Quirks, Quirk{e.odd, h.url(h.addressOf(e)), o.want, o.problem})
	switch {
	case o.want != "new":
		w.miss(h, Edition{e.report.Agency.ID, e.report.Year})
	case o.problem == "":
		w.Reports++
	}
}

// faulty returns a copy of r as it was first published: one figure mistyped.
func faulty(r *fixture.Report) *fixture.Report {
	c := *r
	c.Cells = make(map[fixture.Key]fixture.Value, len(r.Cells))
	maps.Copy(c.Cells, r.Cells)
	k := fixture.Key{Table: requests, Row: "granted", Column: "total"}
	v := c.Cells[k]
	v.Value = r.Number(k) + gongkai.Int(9)
	v.State, v.Printed = gongkai.Number, v.Value.String()
	c.SetPrinted(k, v)
	return &c
}

func styleOf(b body, year int) string {
	if s := b.styles[year]; s != "" {
		return s
	}
	return b.style
}

// wuzhongReport has the published figures of 吴忠市科学技术局 for 2023: not one
// request, and zeros throughout.
func wuzhongReport(a gongkai.Agency, seed uint64) *fixture.Report {
	zero := fixture.ZeroDigit
	r := fixture.Series(seed, fixture.Options{Agency: a, Year: 2023, Size: fixture.Empty, Forms: fixture.Form2021, Zero: &zero, Plain: true}, 1)[0]
	for _, k := range fixture.Keys(r.Forms) {
		r.Set(k, 0)
	}
	r.Published = "2024-01-29"
	r.Sections = [6][]string{
		0: {
			"（一）主动公开。2023年，本局在门户网站公开信息20条，另有微信180篇、微博53篇。",
			"（二）依申请公开。2023年，本局未收到政府信息公开申请。",
			"（三）政府信息管理。2023年没有制发行政规范性文件，全年清理信息4次。",
		},
		4: {"公开内容的形式还不够丰富，今后多用图表和问答。"},
		5: {"没有其他需要报告的事项。"},
	}
	r.Facts = nil
	return r
}
