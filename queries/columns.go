package queries

// A Column is a column that a query returns.
type Column struct{ Name, Meaning string }

// CheckColumns returns the columns of checks. The first three are always there.
func CheckColumns() []Column {
	return []Column{
		{"report_id", "the report tested"},
		{"strict", "PASS, FAIL or UNKNOWN if every blank is unknown"},
		{"lenient", "PASS, FAIL or UNKNOWN if blanks, slashes, dashes and 无 count as zero"},
		{"other_report_id", "the report it was compared with; cells named prior: are in it"},
		{"table_id", "the table of the place"},
		{"row_id", "the row of the place; null if the rule is about a column"},
		{"column_id", "the column of the place; null if the rule is about a row"},
		{"left_value", "the figure on the left side, said in the header"},
		{"right_value", "the figure on the right side, said in the header"},
		{"equation_id", "the equation tested; its cells are in table equation"},
		{"left_cells", "addresses of the cells on the left side; behind prior: in the other report, behind an id and / in the report of that id"},
		{"right_cells", "addresses of the cells on the right side"},
		{"detail", "what was seen, in words, or the sentence of the report"},
		{"agency_key", "the agency, where the place may be a report that is not there; report_id is null then"},
		{"agency", "its name"},
		{"year", "the fiscal year of that report"},
		{"status", "disputed or suspect, where the rule knows and no cell says it"},
	}
}
