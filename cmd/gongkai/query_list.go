package main

import (
	"strings"

	"gongkai/queries"
)

// listQueries lists the queries that come with gongkai.
func (a *app) listQueries(l listing) error {
	all, err := queries.All()
	if err != nil {
		return err
	}
	columns := []column{{"name", text}, {"kind", text}, {"rule", text}, {"severity", text}, {"title", text}, {"question", text}, {"parameters", text}}
	return a.list(l, columns, "there are no queries", func(add func([]value) error) error {
		for _, q := range all {
			var params []string
			for _, p := range q.Params {
				params = append(params, p.Name+"="+p.Default+" ("+p.Meaning+")")
			}
			row := known(q.Name, string(q.Kind), q.Rule, string(q.Severity), q.Title, q.Question, strings.Join(params, "; "))
			row[2].known, row[3].known = q.Rule != "", q.Severity != ""
			if err := add(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// queryNames lists the names for completion and suggestions.
func queryNames() []string {
	all, err := queries.All()
	if err != nil {
		return nil
	}
	names := make([]string, len(all))
	for i, q := range all {
		names[i] = q.Name
	}
	return names
}
