package records

import (
	"fmt"
	"strings"

	"gongkai"
)

// A Doubt is a name in reports that no agency of the register bears for certain.
type Doubt struct {
	Name        string
	Reports     int
	First, Last int    // fiscal years; 0 if not known
	Example     string // the name of one of the documents
	May         []gongkai.Agency
	Shared      bool // all of May bear that very name: only the document can tell
}

// Proposal is what a person may put into agencies.toml about doubts, commented
// out: nothing of it counts until somebody says where it is written. Names that
// old holds already are left out; empty if none is left.
func Proposal(doubts []Doubt, old string) (text string, names int) {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, "# "+format+"\n", args...) }
	for _, d := range doubts {
		if strings.Contains(old, fmt.Sprintf("%q", d.Name)) {
			continue
		}
		if names++; names == 1 {
			line("Names in reports that may be agencies of the register, but not for certain. Uncomment")
			line("what is right and say in source where that is written; it counts from the next build.")
		}
		b.WriteString("\n")
		line("%q: %d reports%s, such as %q", d.Name, d.Reports, yearsOf(d), d.Example)
		if d.Shared {
			line("Several agencies bear this name: say document by document whose it is, with")
			line("gongkai records new reading FILE and one of")
		}
		for _, a := range d.May {
			line("  agency = %q # %s", a.ID, strings.Join(strings.Fields(a.Name), " "))
		}
		if !d.Shared {
			line("[[name]]")
			line("agency = %q", d.May[0].ID)
			line("kind   = %q", gongkai.Alias)
			line("value  = %q", d.Name)
			line(`source = ""`)
		}
	}
	return b.String(), names
}

func yearsOf(d Doubt) string {
	switch {
	case d.First == 0:
		return ""
	case d.First == d.Last:
		return fmt.Sprintf(" (%d)", d.First)
	}
	return fmt.Sprintf(" (%d-%d)", d.First, d.Last)
}
