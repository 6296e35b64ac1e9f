package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"gongkai/crawler/archive"
)

// examineClock looks for a clock that is plainly wrong: before this program
// was written, or before the last capture.
func (a *app) examineClock(context.Context) []diagnosis {
	now := time.Now()
	if now.Year() < 2026 {
		return []diagnosis{{"clock", fail, now.Format(time.DateOnly) + " is in the past: dates of captures would be wrong"}}
	}
	ar, err := archive.Open(a.archiveDir(), archive.ReadOnly())
	if err != nil {
		return []diagnosis{{"clock", good, now.Format(time.RFC3339)}} // examineArchive tells of the error
	}
	defer ar.Close()
	var last time.Time
	for e, err := range ar.List() {
		if err != nil {
			return []diagnosis{{"clock", fail, err.Error()}}
		}
		if e.Time.After(last) {
			last = e.Time
		}
	}
	if last.After(now.Add(time.Minute)) {
		return []diagnosis{{"clock", fail, "the archive has a capture of " + last.Format(time.RFC3339) + ", which is still to come"}}
	}
	return []diagnosis{{"clock", good, now.Format(time.RFC3339)}}
}

// examineArchive opens the archive, and reads all of it if full.
func (a *app) examineArchive(ctx context.Context, full bool) []diagnosis {
	if _, err := os.Stat(a.archiveDir()); errors.Is(err, os.ErrNotExist) {
		return []diagnosis{{"archive", note, "none yet"}}
	}
	ar, err := archive.Open(a.archiveDir(), archive.ReadOnly())
	if err != nil {
		return []diagnosis{{"archive", fail, err.Error()}}
	}
	defer ar.Close()
	return append(examineCaptures(ctx, ar, full), diagnoseNotes(ar)...)
}

func examineCaptures(ctx context.Context, ar *archive.Archive, full bool) []diagnosis {
	if !full {
		if all := diagnoseDamage(ar.Damage(), ar.DamagedLines()); len(all) > 0 {
			return all
		}
		captures := 0
		for _, err := range ar.List() {
			if err != nil {
				return []diagnosis{{"archive", fail, err.Error()}}
			}
			captures++
		}
		return []diagnosis{{"archive", good, fmt.Sprintf("%d captures; --full reads every byte", captures)}}
	}
	totals, damage, err := ar.Verify(ctx)
	if err != nil {
		return []diagnosis{{"archive", fail, err.Error()}}
	}
	if all := diagnoseDamage(damage, ar.DamagedLines()); len(all) > 0 {
		return all
	}
	detail := fmt.Sprintf("%d captures in %d files, every byte as written", totals.Captures, totals.Files)
	if totals.Settled > 0 {
		detail += fmt.Sprintf(" but for %d places that were healed or accepted as lost", totals.Settled)
	}
	return []diagnosis{{"archive", good, detail}}
}

// examineWarehouse opens the warehouse, and reads all of it if full.
func (a *app) examineWarehouse(ctx context.Context, full bool) []diagnosis {
	if _, err := os.Stat(a.database()); errors.Is(err, os.ErrNotExist) {
		return []diagnosis{{"warehouse", note, "none yet"}}
	}
	bad := func(err error) []diagnosis {
		if codeOf(err) == exitCorrupt {
			return []diagnosis{{"warehouse", broken, err.Error() + ": gongkai build makes it again"}}
		}
		return []diagnosis{{"warehouse", fail, err.Error()}}
	}
	db, err := a.openReading(ctx)
	if err != nil {
		return bad(err)
	}
	defer db.Close()
	detail := "can be read; --full reads every byte"
	if full {
		digest, err := db.Digest(ctx)
		if err != nil {
			return bad(err)
		}
		detail = "every byte can be read, digest " + digest
	}
	return []diagnosis{{"warehouse", good, detail}}
}
