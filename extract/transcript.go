package extract

import (
	"maps"
	"slices"
	"strings"

	"gongkai"
)

// transcribed returns what people have read in a part of the document.
func transcribed(d *gongkai.Document, part int) []gongkai.Transcript {
	var told []gongkai.Transcript
	for _, tr := range d.Transcripts {
		if max(tr.Part, 1) == part {
			told = append(told, tr)
		}
	}
	return told
}

// identify takes agency, year and scope from people, who have seen the whole.
// What the machine found odd about them is settled.
func identify(r *gongkai.Report, told []gongkai.Transcript) {
	settled := map[string]bool{}
	for _, tr := range told {
		if tr.AgencyID != "" {
			r.AgencyID = tr.AgencyID
		}
		if tr.Agency != "" {
			r.Agency = tr.Agency
		}
		if tr.AgencyID+tr.Agency != "" {
			r.AgencyFrom = gongkai.FromReader
			settled[gongkai.IssueNoAgency], settled[gongkai.IssueAgencies] = true, true
		}
		if tr.Year != 0 {
			r.Year = tr.Year
			settled[gongkai.IssueNoYear], settled[gongkai.IssueYears] = true, true
		}
		if tr.Scope != "" {
			r.Scope = tr.Scope
		}
	}
	r.Issues = slices.DeleteFunc(r.Issues, func(i gongkai.Issue) bool { return settled[i.Code] })
}

// tells reports whether a person has read cells of a table.
func tells(told []gongkai.Transcript, table string) bool {
	return slices.ContainsFunc(told, func(tr gongkai.Transcript) bool {
		for address := range tr.Cells {
			if strings.HasPrefix(address, table+".") {
				return true
			}
		}
		return false
	})
}

// formTold is the form of tables that the machine has not found: the one a
// person names, else the one in force for the year.
func formTold(told []gongkai.Transcript, year int) string {
	for _, tr := range told {
		if matcher(tr.Form, "requests") != nil {
			return tr.Form
		}
	}
	return formHint{year: year}.settle(formsWith("requests")).form.ID
}

// transcribe puts what people have read in the place of what the machine has,
// which is kept as the second reading.
func (t *tableReading) transcribe(m *tableMatcher, told []gongkai.Transcript) {
	for _, tr := range told {
		for _, address := range slices.Sorted(maps.Keys(tr.Cells)) {
			table, place, _ := strings.Cut(address, ".")
			if table != t.id {
				continue
			}
			row, column, _ := strings.Cut(place, ".")
			if !m.has(row, column) {
				t.issue(gongkai.IssueReadings, row, column, gongkai.Place{}, "a person has read %q there, but form %s has no such cell", tr.Cells[address], t.form)
				continue
			}
			if !t.found {
				t.found, t.method = true, "person"
			}
			t.confirm(cellKey{row, column}, tr.Cells[address])
		}
	}
}

func (t *tableReading) confirm(key cellKey, text string) {
	machine := t.cells[key]
	if machine == nil {
		machine = &cellReading{figure: figure{State: gongkai.Missing}}
	}
	before := machine.figure
	figure := readFigure(text)
	unit := machine.unit
	if figure.Unit == "wan" || figure.Unit == "yuan" {
		unit = figure.Unit
	}
	t.cells[key] = &cellReading{
		figure: figure, raw: strings.TrimSpace(text), place: machine.place, unit: unit,
		second: &before, beside: machine.raw, confirmed: true,
	}
}

// has reports whether the form has a cell there.
func (m *tableMatcher) has(row, column string) bool {
	for i := range m.table.Rows {
		if m.table.Rows[i].ID == row {
			return slices.Contains(m.table.CellColumns(&m.table.Rows[i]), column)
		}
	}
	return false
}
