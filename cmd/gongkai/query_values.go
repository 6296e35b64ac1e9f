package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gongkai/internal/sqlgate"
	"gongkai/queries"
)

// valuesOf says where the values stand that a parameter of a named query may
// have. A parameter that is not here takes any value.
var valuesOf = map[string]string{
	"measure": "SELECT measure::VARCHAR FROM measure",
	"year":    "SELECT year::VARCHAR FROM report",
	"agency":  "SELECT agency_key FROM report UNION SELECT agency FROM report",
	"metric":  "VALUES ('O1'), ('O2'), ('O3'), ('O4'), ('O5'), ('O6'), ('O7'), ('L1'), ('L2'), ('L3'), ('V1')",
}

// mostValues is how many values a message lists.
const mostValues = 80

// knownValues refuses a value of a named query's parameter that nothing in the
// warehouse has: no rows would look like an answer.
func (a *app) knownValues(ctx context.Context, q *queries.Query, given map[string]string, req sqlgate.Request) error {
	var ask []string
	for _, p := range q.Params {
		if v := given[p.Name]; valuesOf[p.Name] != "" && v != p.Default && v != "" {
			ask = append(ask, fmt.Sprintf("SELECT '%s' AS name, value FROM (%s) v(value) WHERE value IS NOT NULL", p.Name, valuesOf[p.Name]))
		}
	}
	if ask == nil {
		return nil
	}
	req.SQL, req.Parameters, req.Files, req.MaxRows = strings.Join(ask, " UNION ")+" ORDER BY ALL", nil, nil, 0
	known := map[string][]string{}
	rows, err := sqlgate.Run(ctx, []string{queryWorkerCommand}, req)
	if err != nil {
		return queryError(err)
	}
	defer rows.Close()
	for rows.Next() {
		v := rows.Values()
		known[v[0].Text] = append(known[v[0].Text], v[1].Text)
	}
	if err := rows.Err(); err != nil {
		return queryError(err)
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if values := known[name]; !slices.Contains(values, given[name]) {
			return unknownValue(q.Name, name, given[name], values)
		}
	}
	return nil
}

func unknownValue(query, name, given string, known []string) error {
	listed := strings.Join(known[:min(len(known), mostValues)], ", ")
	if more := len(known) - mostValues; more > 0 {
		listed += fmt.Sprintf(" and %d more", more)
	}
	return &exitError{
		code: exitUsage, err: fmt.Errorf("query %s: there is no %s %q%s", query, name, given, suggestion(given, known)),
		hint: "known: " + listed,
	}
}
