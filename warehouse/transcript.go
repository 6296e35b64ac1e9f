package warehouse

import (
	"context"
	"maps"
	"slices"

	"gongkai"
)

// SetReadings replaces what people have read in documents. The cells themselves
// are loaded with the documents.
func (w *DB) SetReadings(ctx context.Context, list []gongkai.Transcript) error {
	return w.replace(ctx, "reading", len(list), func(i int) []any {
		r := &list[i]
		cells := []string{}
		for _, address := range slices.Sorted(maps.Keys(r.Cells)) {
			cells = append(cells, address+"="+r.Cells[address])
		}
		key := r.AgencyID
		if key == "" && r.Agency != "" {
			key = gongkai.NameKey(r.Agency)
		}
		return []any{r.Document, max(r.Part, 1), null(key), number(r.Year), null(string(r.Scope)), texts(cells), r.Who, r.Date, r.Basis}
	})
}
