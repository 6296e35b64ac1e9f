package crawler

import (
	"cmp"
	"slices"
	"time"
)

// A Gap is a report that is due and not known, or was published late.
type Gap struct {
	Agency    string
	Year      int
	Deadline  time.Time
	Published string // empty if missing
	Sure      bool   // every column of the site could be read in full
}

// Gaps returns the reports of a site that are due at now and not known, and
// those published after their last day, in the order of agencies and years. It
// needs no visit: a day passes in silence. sure says that every column of the
// site was read in full just now.
func Gaps(j *Journal, s *Site, now time.Time, sure bool) (missing, late []Gap) {
	published := map[edition]string{}
	for t := range j.Tasks(s.ID) {
		if t.Hash == "" || t.Agency == "" || t.Year == 0 {
			continue
		}
		e := edition{t.Agency, t.Year}
		if day, ok := published[e]; !ok || day == "" || t.Published != "" && t.Published < day {
			published[e] = t.Published
		}
	}
	for _, a := range s.Agencies {
		for year := a.FirstYear; a.FirstYear > 0 && year < now.In(Shanghai).Year(); year++ {
			deadline, ok := Deadline(a.Level, a.Type, year)
			if !ok || !passed(deadline, now) {
				continue
			}
			g := Gap{Agency: a.ID, Year: year, Deadline: deadline, Sure: sure}
			switch day, known := published[edition{a.ID, year}]; {
			case !known:
				missing = append(missing, g)
			case day > deadline.Format(time.DateOnly):
				g.Published = day
				late = append(late, g)
			}
		}
	}
	for _, gaps := range [][]Gap{missing, late} {
		slices.SortFunc(gaps, func(a, b Gap) int { return cmp.Or(cmp.Compare(a.Agency, b.Agency), cmp.Compare(a.Year, b.Year)) })
	}
	return missing, late
}
