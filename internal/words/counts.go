package words

import (
	"fmt"

	"gongkai"
)

// Statuses lists the number of cells of each status.
func Statuses(t map[string]int) string {
	text := fmt.Sprintf("%d verified", t[string(gongkai.Verified)])
	for _, s := range gongkai.Statuses()[1:] {
		if n := t[string(s)]; n > 0 {
			text += fmt.Sprintf(", %d %s", n, s)
		}
	}
	return text
}

// Counts counts what was read.
func Counts(t map[string]int) string {
	return fmt.Sprintf("read %d reports, %d cells (%s), %d issues", t["reports"], t["cells"], Statuses(t), t["issues"])
}
