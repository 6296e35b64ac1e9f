package doctor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"gongkai/crawler/archive"
	"gongkai/warehouse"
)

// examineClock looks for a clock that is plainly wrong: before this program
// was written, or before the last capture.
func (p *Patient) examineClock(context.Context) []Diagnosis {
	now := time.Now()
	if now.Year() < 2026 {
		return []Diagnosis{{"clock", Fail, now.Format(time.DateOnly) + " is in the past: dates of captures would be wrong"}}
	}
	ar, err := archive.Open(p.Folder.Archive(), archive.ReadOnly())
	if err != nil {
		return []Diagnosis{{"clock", Good, now.Format(time.RFC3339)}} // examineArchive tells of the error
	}
	defer ar.Close()
	var last time.Time
	for e, err := range ar.List() {
		if err != nil {
			return []Diagnosis{{"clock", Fail, err.Error()}}
		}
		if e.Time.After(last) {
			last = e.Time
		}
	}
	if last.After(now.Add(time.Minute)) {
		return []Diagnosis{{"clock", Fail, "the archive has a capture of " + last.Format(time.RFC3339) + ", which is still to come"}}
	}
	return []Diagnosis{{"clock", Good, now.Format(time.RFC3339)}}
}

// examineArchive opens the archive, and reads all of it if that is asked for.
func (p *Patient) examineArchive(ctx context.Context) []Diagnosis {
	if _, err := os.Stat(p.Folder.Archive()); errors.Is(err, os.ErrNotExist) {
		return []Diagnosis{{"archive", Note, "none yet"}}
	}
	ar, err := archive.Open(p.Folder.Archive(), archive.ReadOnly())
	if err != nil {
		return []Diagnosis{{"archive", Fail, err.Error()}}
	}
	defer ar.Close()
	return append(p.examineCaptures(ctx, ar), diagnoseNotes(ar)...)
}

func (p *Patient) examineCaptures(ctx context.Context, ar *archive.Archive) []Diagnosis {
	if !p.Full {
		if all := diagnoseDamage(ar.Damage(), ar.DamagedLines()); len(all) > 0 {
			return all
		}
		captures := 0
		for _, err := range ar.List() {
			if err != nil {
				return []Diagnosis{{"archive", Fail, err.Error()}}
			}
			captures++
		}
		return []Diagnosis{{"archive", Good, fmt.Sprintf("%d captures; --full reads every byte", captures)}}
	}
	totals, damage, err := ar.Verify(ctx)
	if err != nil {
		return []Diagnosis{{"archive", Fail, err.Error()}}
	}
	if all := diagnoseDamage(damage, ar.DamagedLines()); len(all) > 0 {
		return all
	}
	detail := fmt.Sprintf("%d captures in %d files, every byte as written", totals.Captures, totals.Files)
	if totals.Settled > 0 {
		detail += fmt.Sprintf(" but for %d places that were healed or accepted as lost", totals.Settled)
	}
	return []Diagnosis{{"archive", Good, detail}}
}

// examineWarehouse opens the warehouse, and reads all of it if that is asked for.
func (p *Patient) examineWarehouse(ctx context.Context) []Diagnosis {
	if _, err := os.Stat(p.Folder.Database()); errors.Is(err, os.ErrNotExist) {
		return []Diagnosis{{"warehouse", Note, "none yet"}}
	}
	bad := func(err error) []Diagnosis {
		if warehouse.Damaged(err) {
			return []Diagnosis{{"warehouse", Damaged, err.Error() + ": gongkai build makes it again"}}
		}
		return []Diagnosis{{"warehouse", Fail, err.Error()}}
	}
	db, err := warehouse.Open(ctx, p.Folder.Database(), warehouse.Options{ReadOnly: true, MemoryLimit: p.Memory})
	if err != nil {
		return bad(err)
	}
	defer db.Close()
	detail := "can be read; --full reads every byte"
	if p.Full {
		digest, err := db.Digest(ctx)
		if err != nil {
			return bad(err)
		}
		detail = "every byte can be read, digest " + digest
	}
	return []Diagnosis{{"warehouse", Good, detail}}
}
