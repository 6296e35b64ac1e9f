package main

import (
	"strings"

	"gongkai/internal/tabular"
	"gongkai/queries"
)

// listQueries lists the queries that come with gongkai.
func (a *app) listQueries(l listing) error {
	all, err := queries.All()
	if err != nil {
		return err
	}
	columns := tabular.Columns("name", "kind", "rule", "severity", "title", "question", "parameters")
	return a.list(l, columns, "there are no queries", func(add func([]tabular.Value) error) error {
		for _, q := range all {
			var params []string
			for _, p := range q.Params {
				params = append(params, p.Name+"="+p.Default+" ("+p.Meaning+")")
			}
			row := tabular.Known(q.Name, string(q.Kind), q.Rule, string(q.Severity), q.Title, q.Question, strings.Join(params, "; "))
			row[2].Known, row[3].Known = q.Rule != "", q.Severity != ""
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
