package gongkai

import (
	"fmt"
	"slices"
	"strings"
)

// A Report is one agency's annual report for one fiscal year, as published. It
// keeps what the agency wrote, right or wrong; judging it is for package
// analysis.
type Report struct {
	Document string // SHA-256 of the document it was read from, in hex; of the first page if it is split
	Name     string // the document's path or URL
	Part     int    // 1-based place in a document that holds several reports
	Reader   string // what read it: "html", "pdf", "docx", "text", "ocr"
	AgencyID string // from the registry; empty if not known
	Agency   string // the agency's name as the report gives it; empty if not found
	// AgencyFrom says who names the agency: "title", "page", "link", "file" or "text"
	// (the document itself), FromContact or FromUnsure (it may be another's name),
	// FromManifest (the person who gave the file) or FromReader (who has read it).
	AgencyFrom string     `json:",omitempty"`
	LinkedBy   string     `json:",omitempty"` // how AgencyID was found: "list" (of the site), "name" or "suffix" (in the register), FromManifest; empty if it is
	AgencyType AgencyType `json:",omitempty"` // PublicService, as the name says; else empty: the register knows the type
	Formerly   string     `json:",omitempty"` // the name the agency had before, as the title says (原…); empty if none
	YearFrom   string     `json:",omitempty"` // FromManifest, or empty: the document itself
	Year       int        // the fiscal year reported on (统计年度); 0 if not found
	Scope      Scope
	Title      string    // the report's title as printed
	Published  string    // publication date as stated by the page, YYYY-MM-DD; empty if none
	Period     [2]string // first and last day of the period stated in the text, YYYY-MM-DD; empty if none
	Citations  []string  // format notices cited, such as "国办公开办函〔2021〕30号"
	Tables     []Table   // the standard tables that were looked for, in the order of the form
	Cells      []Cell    // in the order of the form
	Extra      []ExtraRow
	Sections   []Section // 一 to 六, in order, present or not
	Facts      []Fact    // figures stated in the prose
	Issues     []Issue   // what could not be taken as it stood

	// Further are the documents from page 2 on of a report that is split over
	// several; nil if it is whole.
	Further []FurtherPage `json:",omitempty"`
}

// Who names an agency, beside the document itself.
const (
	FromContact  = "contact"  // whom to ask, or the source of the page: it may not be the author
	FromUnsure   = "unsure"   // what stands where a name should does not look like one
	FromManifest = "manifest" // the person who gave the file
	FromReader   = "reader"   // the person who has read the document
)

// Heed takes over what the person who gave d says of it. That the document says
// something else is an issue.
func (r *Report) Heed(d *Document) {
	s := d.Stated
	if s == nil {
		return
	}
	var settled []string
	if s.Agency != "" || s.AgencyID {
		settled = append(settled, IssueNoAgency, IssueAgencies)
	}
	if s.Year {
		settled = append(settled, IssueNoYear, IssueYears)
	}
	r.Issues = slices.DeleteFunc(r.Issues, func(i Issue) bool { return slices.Contains(settled, i.Code) })
	if s.AgencyID {
		r.LinkedBy = s.By
	}
	if s.Agency != "" {
		if r.Agency != "" && r.Agency != s.Agency && !strings.HasSuffix(s.Agency, r.Agency) && !strings.HasSuffix(r.Agency, s.Agency) {
			r.Issues = append(r.Issues, Issue{Code: IssueAgencies, Detail: "the manifest names " + s.Agency + ", the document " + r.Agency})
		}
		r.Agency, r.AgencyFrom = s.Agency, s.By
	}
	if s.Year {
		if r.Year != 0 && r.Year != d.Year {
			r.Issues = append(r.Issues, Issue{Code: IssueYears, Detail: fmt.Sprintf("the manifest says %d, the document %d", d.Year, r.Year)})
		}
		r.Year, r.YearFrom = d.Year, s.By
	}
	if s.Scope != "" {
		r.Scope = s.Scope
	}
	if d.Published != "" {
		r.Published = d.Published
	}
}

// Says reports whether words stand in the title, the name or the sections of r.
func (r *Report) Says(words string) bool {
	if strings.Contains(r.Title, words) || strings.Contains(r.Name, words) {
		return true
	}
	for i := range r.Sections {
		if strings.Contains(r.Sections[i].Text, words) {
			return true
		}
	}
	return false
}

// A FurtherPage is a page of a split report after the first. Its number is the
// Page of the places that lie on it.
type FurtherPage struct {
	Document string // SHA-256, in hex
	Name     string // path or URL
}

// A Table says which form one standard table of a report follows and how it
// was read. Forms are decided per table, from labels, never from the year.
type Table struct {
	ID     string // "proactive", "requests", "disputes" or, under form 2014, "statistics"
	Form   string // Form.ID, such as "2021"
	Found  bool   // false if the report has no such table: its cells are Missing
	Method string // "html", "lattice", "stream", "docx", "text" or "ocr"; empty if not found
}

// A Cell is one figure of a standard table. A report has one for every cell of
// its form, present or not.
type Cell struct {
	Table, Row, Column string // ids of the form, such as "requests", "granted", "total"
	Form               string
	State              State
	Value              Decimal // meaningful only if State is Number
	Unit               string  // for money: "wan" (万元), "yuan" or "unknown"; else empty
	Raw                string  // the characters as printed, white space trimmed
	Note               string  // words printed beside the figure, such as "其中修订16件"
	Place              Place
	Status             Status
	Grounds            Grounds  // what speaks for the figure
	Second             *Reading // what a second, independent reading made of it; nil if there was none
}

// A Reading is what one reader, a machine or a person, made of a cell.
type Reading struct {
	State State
	Value Decimal // meaningful only if State is Number
	Raw   string  // the characters as read
}

// State says what stands in a cell. Only Number is a figure: a blank, a slash
// and a dash are not zero.
type State string

// The states of a cell.
const (
	Number     State = "number"
	Blank      State = "blank"      // nothing printed
	Slash      State = "slash"      // "/"
	Dash       State = "dash"       // "-", "—", "－"
	NAText     State = "na_text"    // 无, 不适用, N/A
	Text       State = "text"       // words, or a figure that cannot be read without doubt
	Missing    State = "missing"    // the row, column or table is not in the document
	Unreadable State = "unreadable" // something is printed there that the reader cannot make out
)

// Status says how far the reading of a cell can be trusted.
type Status string

// The statuses of a cell.
const (
	// Verified: the cell's identities hold, or two independent readings agree
	// and no identity fails.
	Verified Status = "verified"
	// Disputed: an identity fails and two independent readings agree on every
	// operand, so the error is the agency's. Only these may reach a ranking.
	Disputed Status = "disputed"
	// Suspect: readings differ, or an identity fails and there is no second
	// reading: the error may be ours.
	Suspect Status = "suspect"
	// OCR: recognised from an image and not confirmed by identities.
	OCR Status = "ocr"
	// Confirmed: a person has read the cell in the original. What the machine
	// read is kept as the cell's Second.
	Confirmed Status = "confirmed"
)

// Statuses returns all statuses, from the surest to what is in doubt.
func Statuses() []Status { return []Status{Verified, Confirmed, Disputed, Suspect, OCR} }

// Certain reports whether the figure is what the document says: a rule that
// fails on certain cells alone is the agency's error.
func (s Status) Certain() bool { return s == Verified || s == Confirmed || s == Disputed }

// Grounds say what speaks for the reading of a cell.
type Grounds string

// The grounds of a cell.
const (
	GroundsSums   Grounds = "sums"   // an equation of the form holds that can show an error of this cell
	GroundsSecond Grounds = "second" // the second reading agrees
	GroundsBoth   Grounds = "both"   // sums and the second reading
	GroundsNone   Grounds = "none"   // neither
)

// A Place is where something stands in its document. A PDF gives Page and Box;
// HTML, DOCX and text give Table, Row and Column, and Page too if the report is
// split over several documents: each is a page and counts its own tables. All
// counts start at 1; zero means that the document has no such coordinate.
type Place struct {
	Page               int
	Box                Box
	Table, Row, Column int // table in the document, then row and column in its unspanned grid
}

// A Box is a rectangle on a PDF page in points, measured from the top left
// corner of the page as displayed.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Zero reports whether the box is empty.
func (b Box) Zero() bool { return b == Box{} }

// An ExtraRow is a row of a standard table that the form does not know, such
// as 其他主动公开文件. It is kept, not mapped.
type ExtraRow struct {
	Table  string // the standard table it stands in
	Label  string
	Values []string // as printed, left to right
	Place  Place
}
