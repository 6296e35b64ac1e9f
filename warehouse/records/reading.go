package records

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gongkai"
)

var readings = Kind{
	Name:  "readings",
	About: "what a person has read in a document: its agency, year and scope, and its cells",
	Template: `# What a person has read in a document, of a scan or where the machine was in doubt.
# gongkai records new reading FILE writes one with every cell that is in doubt.
# Cells hold the characters in the original; "?" is not read yet, "" is a blank.
# [[reading]]
# document = "0000000000000000000000000000000000000000000000000000000000000000" # SHA-256
# part     = 1            # which report of the document
# agency   = "name:示例市科技局" # id in the register, or "name:" and the name; "" as the machine has it
# year     = 2024         # fiscal year; 0 as the machine has it
# scope    = "own"        # own, consolidated, local_level; "" as the machine has it
# form     = "2021"       # of tables that the machine has not found; "" for that of the year
# who      = "核对员"      # in which role, not by name
# date     = "2025-05-20"
# basis    = "原件扫描件第3页"
# cells    = { "requests.granted.total" = "12", "requests.granted.company" = "?" }
`,
	read: readReadings,
}

// Unread stands for a cell that the person has not read yet.
const Unread = "?"

var hash = regexp.MustCompile(`^[0-9a-f]{64}$`)

func readReadings(f *file, s *Set) {
	var v struct {
		Readings []struct {
			Document string            `toml:"document"`
			Part     int               `toml:"part"`
			Agency   string            `toml:"agency"`
			Year     int               `toml:"year"`
			Scope    gongkai.Scope     `toml:"scope"`
			Form     string            `toml:"form"`
			Who      string            `toml:"who"`
			Date     string            `toml:"date"`
			Basis    string            `toml:"basis"`
			Cells    map[string]string `toml:"cells"`
		} `toml:"reading"`
	}
	if !f.decode(&v) {
		return
	}
	said := map[string]string{} // document, part and what → value
	for i, r := range v.Readings {
		a := at{f, "reading", i}
		switch {
		case !hash.MatchString(r.Document):
			a.fault("document", "document %q is no SHA-256 (hint: 64 hex digits, as gongkai query documents and sha256sum give them)", r.Document)
		case f.known.Documents != nil && !slices.Contains(f.known.Documents, r.Document):
			a.fault("document", "document %.12s… is not in the archive (hint: gongkai ingest takes a file)", r.Document)
		}
		if r.Part < 0 {
			a.fault("part", "part %d: reports are counted from 1", r.Part)
		}
		if r.Agency != "" {
			a.agency("agency", r.Agency)
		}
		a.year("year", r.Year, true)
		a.scope("scope", r.Scope)
		a.among("form", r.Form, f.known.Forms, true)
		a.need("who", r.Who, "the role of the person who has read it")
		a.day("date", r.Date, false)
		a.need("basis", r.Basis, "what was looked at, such as 原件扫描件第3页")
		cells := maps.Clone(r.Cells)
		maps.DeleteFunc(cells, func(_, text string) bool { return strings.TrimSpace(text) == Unread })
		if len(cells) == 0 && r.Agency == "" && r.Year == 0 && r.Scope == "" {
			a.fault("cells", "nothing is read (hint: put what stands in the original in the place of %q)", Unread)
		}
		place := fmt.Sprintf("%s/%d ", r.Document, max(r.Part, 1))
		once := func(key, what, value string) {
			if before, twice := said[place+what]; value != "" && twice && before != value {
				a.fault(key, "%s is %q here and %q in another reading of the document", what, value, before)
			}
			if value != "" {
				said[place+what] = value
			}
		}
		once("agency", "agency", r.Agency)
		once("scope", "scope", string(r.Scope))
		if r.Year != 0 {
			once("year", "year", fmt.Sprint(r.Year))
		}
		for _, address := range slices.Sorted(maps.Keys(cells)) {
			if f.known.Cells != nil && !slices.Contains(f.known.Cells, address) {
				a.fault(`"`+address+`"`, "there is no cell %q (hint: table.row.column, as gongkai extract prints them)", address)
			}
			once(`"`+address+`"`, address, "="+strings.TrimSpace(cells[address]))
		}
		tr := gongkai.Transcript{
			Document: r.Document, Part: max(r.Part, 1), Year: r.Year, Scope: r.Scope, Form: r.Form,
			Cells: cells, Who: r.Who, Date: r.Date, Basis: r.Basis,
		}
		if name, named := strings.CutPrefix(r.Agency, "name:"); named {
			tr.Agency = name
		} else {
			tr.AgencyID = r.Agency
		}
		s.Readings = append(s.Readings, tr)
	}
}

// Transcripts returns the readings by the documents that were read.
func (s *Set) Transcripts() map[string][]gongkai.Transcript {
	all := map[string][]gongkai.Transcript{}
	for _, r := range s.Readings {
		all[r.Document] = append(all[r.Document], r)
	}
	return all
}
