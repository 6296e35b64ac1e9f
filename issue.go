package gongkai

// An Issue is something odd in a document: not a failure of ours and not a
// broken rule, but nothing to pass over in silence either.
type Issue struct {
	Code               string // one of the codes below
	Table, Row, Column string // ids of the form, as far as they apply
	Place              Place
	Detail             string // what was seen, in words
}

// The codes of issues. Each names what was seen in the document.
const (
	IssueNoTable       = "no_table"       // a standard table is not in the document (image, attachment or left out)
	IssueNoTextLayer   = "no_text_layer"  // a PDF of page images
	IssueMissingRow    = "missing_row"    // the form's row is not in the table
	IssueMissingColumn = "missing_column" // the form's column is not in the table
	IssueExtraRow      = "extra_row"      // a row the form does not know
	IssueExtraColumn   = "extra_column"   // a column the form does not know
	IssueDuplicateRow  = "duplicate_row"  // the same row twice with different figures
	IssueLabelVariant  = "label_variant"  // a label that is close to the form's but not the same
	IssueMixedForms    = "mixed_forms"    // tables of one report follow different forms
	IssueNote          = "note"           // a figure with words beside it
	IssueUnit          = "unit"           // a unit in a cell that should not have one, or no unit where one is needed
	IssueText          = "text"           // words where a figure is expected
	IssueUnreadable    = "unreadable"     // a cell that cannot be made out
	IssueShifted       = "shifted"        // a row that starts a column early or late and was read by position
	IssueReadings      = "readings"       // two readings of the same cell differ
	IssueStream        = "stream"         // a table without rules, read by position
	IssueOCR           = "ocr"            // read from an image
	IssueNoAgency      = "no_agency"      // the agency's name was not found
	IssueNoYear        = "no_year"        // the fiscal year was not found
	IssueYears         = "years"          // title, period and text name different years
	IssueAgencies      = "agencies"       // title and text name different agencies
	IssueSections      = "sections"       // a section is missing or out of order
	IssueCitation      = "citation"       // the notice cited is not the one for the form used
	IssueTemplate      = "template"       // instructions of the blank form were left in
	IssueCharset       = "charset"        // bytes that no charset explains
	IssueLimit         = "limit"          // a limit on size or depth was met: the rest was not read
	IssueLayout        = "layout"         // a table whose lines do not form a grid
	IssueFont          = "font"           // a font that the reader could not use
	IssueHidden        = "hidden"         // text that the document holds but does not show: it counts for nothing
	IssueScript        = "script"         // a script fills a table: what the document holds is not what it shows
	IssueMixedReports  = "mixed_reports"  // several reports in one document
)
