package analysis

import (
	"database/sql"
	"strings"

	"gongkai"
	"gongkai/queries"
)

// An Outcome says how the test of a rule at one place ended.
type Outcome string

// The outcomes.
const (
	Pass    Outcome = "PASS"
	Fail    Outcome = "FAIL"
	Unknown Outcome = "UNKNOWN" // a figure is missing or cannot be read: neither pass nor fail
	Excused Outcome = "EXCUSED" // a FAIL with a recorded exception

	Withdrawn Outcome = "WITHDRAWN" // a FAIL that we took back after the agency's reply
	Refuted   Outcome = "REFUTED"   // a FAIL that a person found not to be so, or to be our reading
)

// A Status says whose fault a finding is.
type Status string

// The statuses of findings.
const (
	Disputed Status = "disputed" // the figures were read without doubt: the agency's
	Suspect  Status = "suspect"  // a figure may have been read wrongly: perhaps ours
)

// A Finding is one place where a report breaks a rule.
type Finding struct {
	Rule     string
	Title    string
	Severity queries.Severity
	Basis    string

	ReportID  int64 // 0 if the finding is that there is no report
	AgencyKey string
	Agency    string
	Year      int // 0 if unknown
	Scope     string
	Report    string // the report's title
	Document  string // SHA-256
	Name      string // path or URL of the document

	Table, Row, Column                string // ids; empty where the rule is about more than one cell
	TableLabel, RowLabel, ColumnLabel string // the same in the words of the form

	LeftLabel, RightLabel string // what the two figures are
	Left, Right, Delta    string // exact decimals; empty if there is none

	Outcome Outcome // FAIL, EXCUSED, WITHDRAWN or REFUTED
	Strict  Outcome
	Lenient Outcome
	Status  Status
	Detail  string // the report's sentence, or what was seen
	Excuse  string // the reason, if EXCUSED

	Reply        gongkai.Reply        // the last one about it; the zero value if there is none
	Confirmation gongkai.Confirmation // what a person decided about it; the zero value if nobody has

	// The report that this one was compared with, if it is one: last year's, or
	// that which has the same text or table.
	OtherReportID int64 // 0 if none
	OtherAgency   string
	OtherYear     int    // 0 if unknown
	OtherDocument string // SHA-256
	OtherName     string // path or URL of the document
	Operands      []Operand

	leftCells, rightCells []string
	rests                 string // as in the header of the check
	section               int    // that it rests on; 0 for none
	told                  Status // by the rule itself; else empty
}

// An Operand is a cell that a finding rests on.
type Operand struct {
	Left     bool   // on which side it stands
	ReportID int64  // the finding's report or one that it was compared with
	Agency   string // whose report that is
	Cell     string // its address: table.row.column
	Label    string
	State    string
	Value    string // exact decimal; empty if it is no figure
	Raw      string // as printed
	Status   string
	Document string // SHA-256 of the document, or of the page of a report split over several
	Name     string // its path or URL
	Page     int    // 0 if the document has no pages
	X0, Y0   float64
	X1, Y1   float64 // box in points from the top left corner of the page
	DocTable int     // place in the document's tables, from 1; 0 if unknown
	DocRow   int
	DocCol   int
}

// head takes over what the header of its rule says.
func (f *Finding) head(q *queries.Query) {
	f.Title, f.Severity, f.Basis, f.LeftLabel, f.RightLabel = q.Title, q.Severity, q.Basis, q.Left, q.Right
	f.rests, f.section = q.Rests, q.Section
}

// scan reads one row of findingsSQL. It is no finding if nobody is named.
func (f *Finding) scan(rows *sql.Rows) (some bool, err error) {
	var key, agency, scope, title, document, name, strict, reason, table, row, column sql.NullString
	var tableLabel, rowLabel, columnLabel, left, right, delta, detail, otherAgency, otherDocument, otherName, leftCells, rightCells, told sql.NullString
	var report, year, other, otherYear sql.NullInt64
	err = rows.Scan(&f.Rule, &report, &key, &agency, &year, &scope, &title, &document, &name,
		&strict, &reason, &table, &row, &column, &tableLabel, &rowLabel, &columnLabel,
		&left, &right, &delta, &detail, &other, &otherAgency, &otherYear, &otherDocument, &otherName, &leftCells, &rightCells, &told)
	if err != nil || !key.Valid {
		return false, err
	}
	f.ReportID, f.AgencyKey, f.Agency, f.Year, f.Scope = report.Int64, key.String, agency.String, int(year.Int64), scope.String
	f.Report, f.Document, f.Name = title.String, document.String, name.String
	f.Table, f.Row, f.Column = table.String, row.String, column.String
	f.TableLabel, f.RowLabel, f.ColumnLabel = tableLabel.String, rowLabel.String, columnLabel.String
	f.Left, f.Right, f.Delta = shortest(left.String), shortest(right.String), shortest(delta.String)
	f.Detail = detail.String
	f.OtherReportID, f.OtherAgency, f.OtherYear, f.OtherDocument, f.OtherName = other.Int64, otherAgency.String, int(otherYear.Int64), otherDocument.String, otherName.String
	f.leftCells, f.rightCells = strings.Fields(leftCells.String), strings.Fields(rightCells.String)
	f.told = Status(told.String)
	f.Strict, f.Lenient = Outcome(strict.String), Fail
	if reason.Valid {
		f.Outcome, f.Excuse = Excused, reason.String
	}
	return true, nil
}

// shortest drops the zeros behind the point that DECIMAL(n, 6) prints.
func shortest(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
