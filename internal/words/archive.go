package words

import (
	"fmt"

	"gongkai/crawler/archive"
)

// MostNotes is how many notes are listed; a line counts the others.
const MostNotes = 20

// ArchiveNote says what was repaired.
func ArchiveNote(n *archive.Note) string {
	switch n.Event {
	case archive.EventTruncated:
		return fmt.Sprintf("%s ended in a capture that a crash had cut short, %d bytes were removed", n.File, n.Length)
	case archive.EventAdopted:
		return "it is of an older version; from now on " + n.File + " says how much was written: " + n.Detail
	case archive.EventRenewed:
		return n.File + " was damaged and was made again from the WARC files: " + n.Detail
	case archive.EventHealed:
		return fmt.Sprintf("healed: %s (%s), damaged in %s at byte %d, was written again", n.Name, n.Hash, n.File, n.Offset)
	case archive.EventAccepted:
		return fmt.Sprintf("accepted as lost: %s at byte %d: %s", n.File, n.Offset, n.Detail)
	}
	return n.Event + " " + n.File
}
