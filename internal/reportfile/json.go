package reportfile

import (
	"encoding/json"
	"io"

	"gongkai"
	"gongkai/internal/tabular"
)

// reportJSON writes an array of whole reports.
type reportJSON struct {
	w io.Writer
	n int
}

func (j *reportJSON) Report(r *gongkai.Report) error {
	before := ",\n"
	if j.n == 0 {
		before = "[\n"
	}
	j.n++
	b, err := tabular.JSON(wholeReport(r))
	if err != nil {
		return err
	}
	_, err = j.w.Write(append([]byte(before), b...))
	return err
}

func (j *reportJSON) Close() error {
	end := "\n]\n"
	if j.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// The JSON of a report: the fields of gongkai.Report under stable names.
type (
	jsonReport struct {
		File      string        `json:"file"`
		Document  string        `json:"document"`
		Part      int           `json:"part"`
		Reader    string        `json:"reader"`
		AgencyID  string        `json:"agency_id,omitempty"`
		Agency    string        `json:"agency"`
		Year      int           `json:"year"`
		Scope     gongkai.Scope `json:"scope"`
		Title     string        `json:"title"`
		Published string        `json:"published,omitempty"`
		Period    []string      `json:"period,omitempty"`
		Citations []string      `json:"citations,omitempty"`
		Tables    []jsonTable   `json:"tables"`
		Cells     []jsonCell    `json:"cells"`
		Extra     []jsonExtra   `json:"extra,omitempty"`
		Sections  []jsonSection `json:"sections"`
		Facts     []jsonFact    `json:"facts"`
		Issues    []jsonIssue   `json:"issues"`
	}
	jsonTable struct {
		Table  string `json:"table"`
		Form   string `json:"form"`
		Found  bool   `json:"found"`
		Method string `json:"method,omitempty"`
	}
	jsonCell struct {
		Table   string          `json:"table"`
		Row     string          `json:"row"`
		Column  string          `json:"column"`
		Form    string          `json:"form"`
		State   gongkai.State   `json:"state"`
		Value   *json.Number    `json:"value"`
		Unit    string          `json:"unit,omitempty"`
		Raw     string          `json:"raw"`
		Note    string          `json:"note,omitempty"`
		Status  gongkai.Status  `json:"status"`
		Grounds gongkai.Grounds `json:"grounds"`
		Second  *string         `json:"second,omitempty"`
		Place   *jsonPlace      `json:"place,omitempty"`
	}
	jsonPlace struct {
		Page   int         `json:"page,omitempty"`
		Box    *[4]float64 `json:"box,omitempty"`
		Table  int         `json:"table,omitempty"`
		Row    int         `json:"row,omitempty"`
		Column int         `json:"column,omitempty"`
	}
	jsonExtra struct {
		Table  string     `json:"table"`
		Label  string     `json:"label"`
		Values []string   `json:"values"`
		Place  *jsonPlace `json:"place,omitempty"`
	}
	jsonSection struct {
		Number  int    `json:"number"`
		Title   string `json:"title"`
		Present bool   `json:"present"`
		Order   int    `json:"order,omitempty"`
		Text    string `json:"text"`
	}
	jsonFact struct {
		Section     int         `json:"section"`
		Measure     string      `json:"measure"`
		Value       json.Number `json:"value"`
		Unit        string      `json:"unit,omitempty"`
		Approximate bool        `json:"approximate,omitempty"`
		Total       bool        `json:"total"`
		Sentence    string      `json:"sentence"`
	}
	jsonIssue struct {
		Code   string     `json:"code"`
		Table  string     `json:"table,omitempty"`
		Row    string     `json:"row,omitempty"`
		Column string     `json:"column,omitempty"`
		Detail string     `json:"detail"`
		Place  *jsonPlace `json:"place,omitempty"`
	}
)

func wholeReport(r *gongkai.Report) *jsonReport {
	j := &jsonReport{
		File: r.Name, Document: r.Document, Part: r.Part, Reader: r.Reader, AgencyID: r.AgencyID, Agency: r.Agency,
		Year: r.Year, Scope: r.Scope, Title: r.Title, Published: r.Published, Citations: r.Citations,
		Tables: []jsonTable{}, Cells: []jsonCell{}, Sections: []jsonSection{}, Facts: []jsonFact{}, Issues: []jsonIssue{},
	}
	if r.Period[0] != "" || r.Period[1] != "" {
		j.Period = r.Period[:]
	}
	for _, t := range r.Tables {
		j.Tables = append(j.Tables, jsonTable{t.ID, t.Form, t.Found, t.Method})
	}
	for i := range r.Cells {
		j.Cells = append(j.Cells, wholeCell(&r.Cells[i]))
	}
	for _, x := range r.Extra {
		j.Extra = append(j.Extra, jsonExtra{x.Table, x.Label, x.Values, wholePlace(x.Place)})
	}
	for _, s := range r.Sections {
		j.Sections = append(j.Sections, jsonSection{s.Number, s.Title, s.Present, s.Order, s.Text})
	}
	for _, f := range r.Facts {
		j.Facts = append(j.Facts, jsonFact{f.Section, f.Measure, json.Number(f.Value.String()), f.Unit, f.Approximate, f.Total, f.Sentence})
	}
	for _, is := range r.Issues {
		j.Issues = append(j.Issues, jsonIssue{is.Code, is.Table, is.Row, is.Column, is.Detail, wholePlace(is.Place)})
	}
	return j
}

func wholeCell(c *gongkai.Cell) jsonCell {
	j := jsonCell{
		Table: c.Table, Row: c.Row, Column: c.Column, Form: c.Form, State: c.State, Unit: c.Unit,
		Raw: c.Raw, Note: c.Note, Status: c.Status, Grounds: c.Grounds, Place: wholePlace(c.Place),
	}
	if c.Second != nil {
		j.Second = &c.Second.Raw
	}
	if c.State == gongkai.Number {
		j.Value = new(json.Number(c.Value.String()))
	}
	return j
}

func wholePlace(p gongkai.Place) *jsonPlace {
	if p == (gongkai.Place{}) {
		return nil
	}
	j := &jsonPlace{Page: p.Page, Table: p.Table, Row: p.Row, Column: p.Column}
	if !p.Box.Zero() {
		j.Box = &[4]float64{p.Box.X0, p.Box.Y0, p.Box.X1, p.Box.Y1}
	}
	return j
}
