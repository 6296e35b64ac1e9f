package queries

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// parse reads one file. Its header is the lines "-- key: value" at the top.
func parse(kind Kind, name, text string) (Query, error) {
	q := Query{Kind: kind, Name: name, SQL: text}
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		line, ok := strings.CutPrefix(strings.TrimSpace(line), "--")
		if !ok {
			break
		}
		key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			return q, fmt.Errorf("header line %q has no colon", line)
		}
		value = strings.TrimSpace(value)
		if seen[key] {
			return q, fmt.Errorf("header key %q comes twice", key)
		}
		seen[key] = true
		if err := q.set(key, value); err != nil {
			return q, fmt.Errorf("header key %q: %w", key, err)
		}
	}
	return q, q.complete(seen)
}

// set takes one line of the header.
func (q *Query) set(key, value string) (err error) {
	if column, ok := strings.CutPrefix(key, "column "); ok {
		q.Columns = append(q.Columns, Column{column, value})
		return nil
	}
	if param, ok := strings.CutPrefix(key, "param "); ok {
		preset, meaning, ok := strings.Cut(" "+value, " — ")
		if !ok {
			return fmt.Errorf("want: default — meaning")
		}
		q.Params = append(q.Params, Param{param, strings.TrimSpace(preset), meaning})
		return nil
	}
	if value == "" {
		return fmt.Errorf("no value")
	}
	switch key {
	case "rule":
		q.Rule = value
	case "title":
		q.Title = value
	case "title_zh":
		q.Zh.Title = value
	case "question":
		q.Question = value
	case "question_zh":
		q.Zh.Question = value
	case "basis":
		q.Basis = value
	case "read":
		q.Read = value
	case "left":
		q.Left = value
	case "left_zh":
		q.Zh.Left = value
	case "right":
		q.Right = value
	case "right_zh":
		q.Zh.Right = value
	case "rests":
		q.Rests = value
		if value != "text" {
			n, ok := strings.CutPrefix(value, "section ")
			if !ok || len(n) != 1 || !strings.Contains("123456", n) {
				return fmt.Errorf("%q is neither text nor section 1 to 6", value)
			}
			q.Section = int(n[0] - '0')
		}
	case "since":
		q.Since, err = strconv.Atoi(value)
	case "until":
		q.Until, err = strconv.Atoi(value)
	case "severity":
		q.Severity = Severity(value)
		if !slices.Contains([]Severity{Error, Warning, Information}, q.Severity) {
			return fmt.Errorf("%q is not E, W or I", value)
		}
	case "weight":
		q.Weight, err = strconv.ParseFloat(value, 64)
	case "better":
		q.Better = value
		if value != "higher" && value != "lower" {
			return fmt.Errorf("%q is not higher or lower", value)
		}
	default:
		return fmt.Errorf("unknown")
	}
	return err
}

// complete makes sure that the header has what its kind needs, and nothing else.
func (q *Query) complete(seen map[string]bool) error {
	need := []string{"title", "question", "basis"}
	only := map[Kind][]string{Check: {"rule", "severity"}, Ranking: {"weight", "better"}, Cookbook: {"read"}}
	for kind, keys := range only {
		if kind == q.Kind {
			need = append(need, keys...)
			continue
		}
		for _, key := range keys {
			if seen[key] {
				return fmt.Errorf("header key %q is for %s", key, kind)
			}
		}
	}
	for _, side := range []string{"left", "right"} {
		if seen[side+"_zh"] && !seen[side] {
			return fmt.Errorf("%s_zh without %s", side, side)
		}
	}
	for _, key := range need {
		if !seen[key] {
			return fmt.Errorf("header has no %s", key)
		}
	}
	if q.Kind != Check {
		if seen["rests"] {
			return fmt.Errorf("header key \"rests\" is for %s", Check)
		}
		if len(q.Columns) == 0 {
			return fmt.Errorf("header has no columns")
		}
		return nil
	}
	if len(q.Columns) > 0 || len(q.Params) > 0 {
		return fmt.Errorf("checks share their columns and take no parameters")
	}
	q.Columns = CheckColumns()
	return nil
}
