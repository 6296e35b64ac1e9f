package archive

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"time"

	"gongkai/internal/linelog"
)

// A Note is a line of the archive's journal: what was repaired and when.
type Note struct {
	Time   time.Time `json:"time"`
	Event  string    `json:"event"`
	File   string    `json:"file"`
	Offset int64     `json:"offset"`
	Length int64     `json:"length"`         // of the stretch of the file, in bytes
	Name   string    `json:"name,omitempty"` // of the document that was healed
	Hash   string    `json:"hash,omitempty"` // of its bytes
	Detail string    `json:"detail,omitempty"`
}

// The events of notes.
const (
	EventTruncated = "truncated" // a capture that a crash cut short was removed
	EventAdopted   = "adopted"   // an archive without a manifest was given one
	EventRenewed   = "renewed"   // index or manifest was damaged and made again
	EventHealed    = "healed"    // a capture that cannot be read was written again elsewhere
	EventAccepted  = "accepted"  // a loss that people said must be lived with
)

// JournalPath returns the file of the notes of the archive in DIR.
func JournalPath(dir string) string { return filepath.Join(dir, journalName) }

// CheckNote returns an error if a line of the journal, with a number, holds no
// note.
func CheckNote(_ int64, line []byte) error {
	_, err := parseNote(line)
	return err
}

func parseNote(line []byte) (n Note, err error) {
	if err := json.Unmarshal(line, &n); err != nil || n.Event == "" {
		return n, errors.New("it holds no note of the archive")
	}
	return n, nil
}

// readNotes reads the notes of an archive, past damaged lines.
func readNotes(dir string) (notes []Note, err error) {
	_, err = linelog.Read(JournalPath(dir), func(_ int64, line []byte) error {
		n, err := parseNote(line)
		if err == nil {
			notes = append(notes, n)
		}
		return err
	})
	return notes, err
}

// RepairJournal sets damaged lines of the journal aside, see [linelog.Repair].
func (a *Archive) RepairJournal() ([]*linelog.Damage, error) {
	a.noteMu.Lock()
	defer a.noteMu.Unlock()
	if a.readOnly {
		return nil, ErrReadOnly
	}
	if a.journal != nil {
		if err := a.journal.Close(); err != nil {
			return nil, err
		}
		a.journal = nil
	}
	return linelog.Repair(JournalPath(a.dir), CheckNote)
}

// Notes returns what was repaired up to now, oldest first.
func (a *Archive) Notes() []Note {
	a.noteMu.Lock()
	defer a.noteMu.Unlock()
	return slices.Clone(a.notes)
}

// Fresh returns what was repaired since the archive was opened, by its opening
// too.
func (a *Archive) Fresh() []Note {
	a.noteMu.Lock()
	defer a.noteMu.Unlock()
	return slices.Clone(a.notes[a.oldNotes:])
}

// DamagedLines returns the lines of index and manifest that could not be read
// when the archive was opened. A writer has made both again by then.
func (a *Archive) DamagedLines() []*linelog.Damage { return a.lines }

// note keeps a note.
func (a *Archive) note(n Note) error {
	a.noteMu.Lock()
	defer a.noteMu.Unlock()
	n.Time = a.now().UTC()
	line, err := json.Marshal(n)
	if err != nil {
		return err
	}
	if a.journal == nil {
		if a.journal, err = linelog.Open(JournalPath(a.dir), CheckNote); err != nil {
			return err
		}
	}
	if err := a.journal.Append(line); err != nil {
		return err
	}
	a.notes = append(a.notes, n)
	return a.journal.Sync()
}

// settled reports whether all that is damaged there was healed, or accepted as
// lost.
func (a *Archive) settled(d *Damage) bool {
	a.noteMu.Lock()
	defer a.noteMu.Unlock()
	at, end := d.Offset, max(d.end, d.Offset+1)
	for found := true; at < end && found; {
		found = false
		for i := range a.notes {
			n := &a.notes[i]
			if n.File == d.File && (n.Event == EventHealed || n.Event == EventAccepted) && n.Offset <= at && at < n.Offset+n.Length {
				at, found = n.Offset+n.Length, true
			}
		}
	}
	return at >= end
}

// unsettled returns the damages that are not settled.
func (a *Archive) unsettled(found []*Damage) []*Damage {
	return slices.DeleteFunc(slices.Clone(found), a.settled)
}

// Damage returns the damage that was noticed and is not settled: when the archive
// was opened, files that are gone, shorter than they were or others; since then,
// captures that [Archive.Select] has met. What reads every byte is
// [Archive.Verify].
func (a *Archive) Damage() []*Damage { return a.unsettled(a.noticed()) }

// notice keeps damage that was met, once.
func (a *Archive) notice(d *Damage) {
	a.noteMu.Lock()
	defer a.noteMu.Unlock()
	if !slices.ContainsFunc(a.found, func(o *Damage) bool { return o.File == d.File && o.Offset <= d.Offset && o.end >= d.end }) {
		a.found = append(a.found, d)
	}
}

func (a *Archive) noticed() []*Damage {
	a.noteMu.Lock()
	defer a.noteMu.Unlock()
	return slices.Clone(a.found)
}

// Settled reports whether an error is of damage that was healed or accepted.
func (a *Archive) Settled(err error) bool {
	d, ok := errors.AsType[*Damage](err)
	return ok && a.settled(d)
}

// Accept notes that damage must be lived with. It is no longer damage then.
func (a *Archive) Accept(found []*Damage) error {
	if a.readOnly {
		return ErrReadOnly
	}
	for _, d := range found {
		if err := a.note(Note{Event: EventAccepted, File: d.File, Offset: d.Offset, Length: max(d.end-d.Offset, 1), Detail: d.Detail}); err != nil {
			return err
		}
	}
	return nil
}
