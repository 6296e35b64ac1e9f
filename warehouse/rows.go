package warehouse

import (
	"database/sql/driver"
	"fmt"
	"math/big"
	"time"

	"gongkai"
	"gongkai/warehouse/sketch"

	"github.com/duckdb/duckdb-go/v2"
)

// rows are the rows of a batch, by table.
type rows struct {
	of         map[string][][]driver.Value
	ids        []int64
	identities []string
}

func (rs *rows) add(table string, values ...driver.Value) {
	rs.of[table] = append(rs.of[table], values)
}

// rows turns items into rows.
func (w *DB) rows(items []stored) (*rows, error) {
	rs := &rows{of: map[string][][]driver.Value{}}
	for i := range items {
		it := &items[i]
		d := it.Document
		rs.add("document", it.document, d.Name, null(d.URL), null(d.MediaType), int64(len(d.Body)), timestamp(d.Fetched), timestamp(d.Returned),
			null(d.LinkTitle), date(d.Published), null(d.AgencyID), number(d.Year), it.content, null(d.Stated.String()), null(gongkai.TranscriptDigest(d.Transcripts)))
		if p := it.Problem; p != nil {
			rs.add("problem", it.document, p.Step, p.Code, p.Detail, p.Next)
		}
		for _, r := range it.Reports {
			if err := w.report(rs, it, r); err != nil {
				return nil, fmt.Errorf("%s: %w", d.Name, err)
			}
		}
	}
	return rs, nil
}

func (w *DB) report(rs *rows, it *stored, r *gongkai.Report) error {
	id, identity := reportID(it.document, r.Part), identityOf(r)
	rs.ids, rs.identities = append(rs.ids, id), append(rs.identities, identity)
	tables := 0
	for _, t := range r.Tables {
		if w.forms[t.Form] == nil {
			return fmt.Errorf("table %s has the unknown form %q", t.ID, t.Form)
		}
		if t.Found {
			tables++
		}
	}
	dated := date(r.Published)
	if dated == nil {
		dated = date(it.Document.Published)
	}
	if seen := it.Document.Seen(); dated == nil && !seen.IsZero() {
		dated = seen.UTC().Truncate(24 * time.Hour)
	}
	rs.add("report", id, it.document, int32(r.Part), r.Name, r.Reader, agencyKey(r), null(r.AgencyID), null(r.Agency), number(r.Year),
		string(scopeOf(r)), identity, r.Title, date(r.Published), date(r.Period[0]), date(r.Period[1]), texts(r.Citations),
		isCorrection(it.Document, r), int32(tables), dated, said(r), int32(1), int32(1), true,
		null(r.AgencyFrom), null(r.LinkedBy), null(r.Formerly), null(r.YearFrom), null(string(r.AgencyType)))
	for i, p := range r.Further {
		rs.add("report_page", id, int32(i+2), p.Document, p.Name)
	}
	meant := w.meaning(r)
	rs.cells(id, r, meant)
	w.add(r, meant).rows(rs, id, r)
	rs.prose(id, r)
	return nil
}

func (rs *rows) cells(id int64, r *gongkai.Report, meant *meaning) {
	for i := range r.Cells {
		c := &r.Cells[i]
		var value, lenient, parts, second driver.Value
		if c.State == gongkai.Number {
			value = decimal(c.Value)
		}
		if c.Second != nil {
			second = c.Second.Raw
		}
		if v, known := meant.figure(c); known {
			lenient = decimal(v)
		}
		b, blank := meant.blankTotal(c)
		if b.sum {
			parts = decimal(b.parts)
		}
		p := placeOf(c.Place)
		rs.add("cell", id, c.Form, c.Table, c.Row, c.Column, string(c.State), value, lenient, null(c.Unit), c.Raw, null(c.Note),
			p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], string(c.Status), string(groundsOf(c)), second, blank, parts)
	}
}

func groundsOf(c *gongkai.Cell) gongkai.Grounds {
	if c.Grounds == "" {
		return gongkai.GroundsNone
	}
	return c.Grounds
}

func (rs *rows) prose(id int64, r *gongkai.Report) {
	for i, e := range r.Extra {
		p := placeOf(e.Place)
		rs.add("extra_row", id, int32(i+1), e.Table, e.Label, texts(e.Values), p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
	}
	for _, s := range r.Sections {
		rs.add("section", id, int32(s.Number), s.Title, s.Present, s.Text, number(s.Order))
	}
	rs.sketches(id, r)
	for i, f := range r.Facts {
		rs.add("fact", id, int32(i+1), int32(f.Section), f.Measure, decimal(f.Value), null(f.Unit), f.Approximate, f.Total, f.Sentence)
	}
	for i, is := range r.Issues {
		p := placeOf(is.Place)
		rs.add("issue", id, int32(i+1), is.Code, null(is.Table), null(is.Row), null(is.Column), is.Detail,
			p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
	}
}

// sketches keeps what finds copies of sections 一 and 五. The tables say what
// 二 to 四 do, and 六 is mostly about a fee, in the words of the law.
func (rs *rows) sketches(id int64, r *gongkai.Report) {
	names := sketch.Names(r.Agency)
	for _, s := range r.Sections {
		if s.Number != 1 && s.Number != 5 {
			continue
		}
		if k, ok := sketch.Of(s.Text, names); ok {
			rs.add("sketch", id, int32(s.Number), k.Masked, int32(k.Letters), k.Hash, k.Bits[:])
		}
	}
}

// placeOf gives page, box and place in the document, NULL where there is none.
func placeOf(p gongkai.Place) [8]driver.Value {
	v := [8]driver.Value{number(p.Page), nil, nil, nil, nil, number(p.Table), number(p.Row), number(p.Column)}
	if !p.Box.Zero() {
		v[1], v[2], v[3], v[4] = float32(p.Box.X0), float32(p.Box.Y0), float32(p.Box.X1), float32(p.Box.Y1)
	}
	return v
}

func decimal(d gongkai.Decimal) driver.Value {
	return duckdb.Decimal{Width: 18, Scale: 6, Value: big.NewInt(int64(d))}
}

// null turns an empty text into NULL.
func null(s string) driver.Value {
	if s == "" {
		return nil
	}
	return s
}

// number turns 0, which means unknown, into NULL.
func number(n int) driver.Value {
	if n == 0 {
		return nil
	}
	return int32(n)
}

// date reads YYYY-MM-DD; what is no date is NULL.
func date(s string) driver.Value {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return nil
	}
	return t
}

func timestamp(t time.Time) driver.Value {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}
