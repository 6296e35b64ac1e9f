package warehouse

import (
	"context"
	"slices"

	"gongkai"
)

// SetEvents replaces what became of agencies, and which of their keys stand for
// the same agency. The order of the events does not matter.
func (w *DB) SetEvents(ctx context.Context, events []gongkai.AgencyEvent) error {
	err := w.replace(ctx, "agency_event", len(events), func(i int) []any {
		e := &events[i]
		return []any{string(e.Type), e.Date, e.FirstYear, texts(e.From), texts(e.To), e.Source}
	})
	if err != nil {
		return err
	}
	series := seriesOf(events)
	return w.replace(ctx, "agency_series", len(series), func(i int) []any { return []any{series[i][0], series[i][1]} })
}

// SetNames replaces the names and codes that agencies have or had.
func (w *DB) SetNames(ctx context.Context, names []gongkai.AgencyName) error {
	return w.replace(ctx, "agency_name", len(names), func(i int) []any {
		n := &names[i]
		return []any{n.Agency, string(n.Kind), n.Value, null(n.ValidFrom), null(n.ValidTo), n.Source}
	})
}

// SetRosters replaces who had to publish a report, as records and roster pages
// say, and what those pages leave open; the register says it of the others.
func (w *DB) SetRosters(ctx context.Context, rosters []gongkai.Obligation, problems []gongkai.RosterProblem) error {
	said := map[gongkai.Said]string{gongkai.SaidNothing: "unknown", gongkai.SaidPublished: "published", gongkai.SaidMissing: "not_published"}
	err := w.replace(ctx, "obliged", len(rosters), func(i int) []any {
		o := &rosters[i]
		return []any{o.Agency, o.Year, null(o.Government), said[o.Said], o.Complete, o.Basis, o.Source, null(o.Note)}
	})
	if err != nil {
		return err
	}
	return w.replace(ctx, "roster_problem", len(problems), func(i int) []any {
		p := &problems[i]
		return []any{p.Source, null(p.Unit), null(p.Note), p.Code, p.Detail}
	})
}

// seriesOf gives each key that an agency goes on under, or went, the first of
// them in the order of letters: it is the same whatever the order of events.
func seriesOf(events []gongkai.AgencyEvent) [][2]string {
	of := map[string][]string{} // key → all keys of its agency, shared
	for i := range events {
		e := &events[i]
		if !e.Continues() {
			continue
		}
		var all []string
		for _, key := range slices.Concat(e.From, e.To) {
			all = append(append(all, key), of[key]...)
		}
		slices.Sort(all)
		all = slices.Compact(all)
		for _, key := range all {
			of[key] = all
		}
	}
	var list [][2]string
	for key, all := range of {
		list = append(list, [2]string{key, all[0]})
	}
	slices.SortFunc(list, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return list
}
