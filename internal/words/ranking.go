package words

import (
	"fmt"
	"strconv"

	"gongkai/analysis"
)

// Fixed writes a number with so many digits behind the point.
func Fixed(v float64, digits int) string { return strconv.FormatFloat(v, 'f', digits, 64) }

// Coverage says how much of the group the ranking is about.
func Coverage(r *analysis.Ranking) string {
	ranked := 0
	for _, s := range r.Strata {
		ranked += len(s.Standings)
	}
	found, known := r.Found()
	if !known {
		return fmt.Sprintf("%d reports of agencies that are not in the register, or there without a level: how many had to publish is not known; %d are ranked, of %d too little could be assessed; of %d that had to publish there is no report",
			r.Reports, ranked, len(r.NotRanked), len(r.Absent))
	}
	text := fmt.Sprintf("%d of %d agencies that had to publish have a report, %d are ranked, of %d too little could be assessed",
		found, r.Expected, ranked, len(r.NotRanked))
	if r.Undated > 0 {
		text += fmt.Sprintf("; of %d more in the register there is neither a report nor a first year", r.Undated)
	}
	if r.Unregistered > 0 {
		text += fmt.Sprintf("; %d reports for the year are of agencies that are not in the register, or there without a level", r.Unregistered)
	}
	return text
}

// Absence says why an agency has no report.
func Absence(a analysis.Absent) string {
	switch {
	case a.Confirmed:
		return "not published, confirmed: last, without order"
	case a.Unread:
		return "found, not read by us"
	case a.Unpublished:
		return "not published, as the roster says"
	}
	return "not found by us"
}
