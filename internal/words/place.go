package words

import (
	"fmt"
	"strconv"
	"strings"

	"gongkai"
)

// Place says where something stands: "page 2, box 70,120-95,134",
// "table 3, row 5, column 2" or, in a report split over several documents,
// "page 2, table 1, row 5, column 2". It is empty if the place is not known; else it
// stands between before and after.
func Place(before string, p gongkai.Place, after string) string {
	var parts []string
	if p.Page > 0 {
		parts = append(parts, "page "+strconv.Itoa(p.Page))
	}
	switch {
	case !p.Box.Zero():
		parts = append(parts, fmt.Sprintf("box %.0f,%.0f-%.0f,%.0f", p.Box.X0, p.Box.Y0, p.Box.X1, p.Box.Y1))
	case p.Table > 0:
		parts = append(parts, fmt.Sprintf("table %d, row %d, column %d", p.Table, p.Row, p.Column))
	case p.Row > 0:
		parts = append(parts, fmt.Sprintf("paragraph %d", p.Row))
	}
	if parts == nil {
		return ""
	}
	return before + strings.Join(parts, ", ") + after
}
