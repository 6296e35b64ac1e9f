package main

import (
	"fmt"
	"strconv"

	"gongkai"
)

// placeText says where something stands: "page 2, box 70,120-95,134" or
// "table 3, row 5, column 2". It is empty if the place is not known; else it
// stands between before and after.
func placeText(before string, p gongkai.Place, after string) string {
	text := ""
	switch {
	case p.Page > 0:
		text = "page " + strconv.Itoa(p.Page)
		if !p.Box.Zero() {
			text += fmt.Sprintf(", box %.0f,%.0f-%.0f,%.0f", p.Box.X0, p.Box.Y0, p.Box.X1, p.Box.Y1)
		}
	case p.Table > 0:
		text = fmt.Sprintf("table %d, row %d, column %d", p.Table, p.Row, p.Column)
	case p.Row > 0:
		text = fmt.Sprintf("paragraph %d", p.Row)
	}
	if text == "" {
		return ""
	}
	return before + text + after
}
