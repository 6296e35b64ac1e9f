package sqlgate

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A statement is a query that may be run.
type statement struct {
	text   string   // of the user, without what ends it
	params []string // their names
}

// admit lets DuckDB parse the text and looks at everything that it found.
func (a *allowed) admit(ctx context.Context, db *sql.Conn, text string) (*statement, error) {
	s := &statement{text: strings.TrimRight(text, "; \t\r\n")}
	switch {
	case strings.TrimSpace(s.text) == "":
		return nil, refuse(Empty, "the query is empty")
	case len(text) > maxSQL:
		return nil, refuse(TooLong, fmt.Sprintf("the query is longer than %d bytes", maxSQL), strconv.Itoa(maxSQL))
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return nil, refuse(NotText, "the query is not UTF-8 text")
	}
	var tree string
	if err := db.QueryRowContext(ctx, "SELECT CAST(json_serialize_sql(?::VARCHAR) AS VARCHAR)", s.text).Scan(&tree); err != nil {
		return nil, fault(err, s.text, 0)
	}
	var parsed struct {
		Error      bool   `json:"error"`
		Type       string `json:"error_type"`
		Message    string `json:"error_message"`
		Position   string `json:"position"`
		Statements []struct {
			Node   any `json:"node"`
			Params []struct {
				Key string `json:"key"`
			} `json:"named_param_map"`
		} `json:"statements"`
	}
	if err := json.Unmarshal([]byte(tree), &parsed); err != nil {
		return nil, refuse(TooDeep, "the query cannot be taken apart: "+err.Error(), strconv.Itoa(maxDepth))
	}
	switch {
	case parsed.Error && parsed.Type == "not implemented":
		return nil, notSelect(s.text)
	case parsed.Error:
		return nil, syntax(s.text, parsed.Message, parsed.Position)
	case len(parsed.Statements) != 1:
		return nil, refuse(Several, fmt.Sprintf("%d statements, want one", len(parsed.Statements)), strconv.Itoa(len(parsed.Statements)))
	}
	for _, p := range parsed.Statements[0].Params {
		s.params = append(s.params, p.Key)
	}
	w := walker{allowed: a, text: s.text}
	return s, w.walk(parsed.Statements[0].Node, nil, 0)
}

func syntax(text, message, position string) error {
	e := refuse(Syntax, message)
	if n, err := strconv.Atoi(position); err == nil {
		return e.at(text, n)
	}
	return e
}

// quoted matches what stands in quotes or comments, pivot the word itself.
var (
	quoted = regexp.MustCompile(`(?s)'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*.*?\*/`)
	pivot  = regexp.MustCompile(`(?i)\bPIVOT(?:_WIDER)?\b`)
)

// notSelect says why a text that parses is no query. DuckDB makes several
// statements of a PIVOT that does not list its values.
func notSelect(text string) error {
	bare := quoted.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
	if at := pivot.FindStringIndex(bare); at != nil {
		return refuse(PivotIn, "PIVOT needs the values that become columns: PIVOT … ON year IN (2023, 2024) USING …").at(text, at[0])
	}
	return refuse(NotSelect, "only SELECT may be run, or FROM, WITH, VALUES, PIVOT, DESCRIBE, SUMMARIZE, SHOW TABLES")
}

// A walker goes through a parsed statement.
type walker struct {
	*allowed
	text string
}

// walk refuses what is not allowed anywhere in node. Scope holds the names
// that WITH gives to queries.
func (w *walker) walk(node any, scope map[string]bool, depth int) error {
	if depth > maxDepth {
		return refuse(TooDeep, fmt.Sprintf("expressions stand more than %d levels deep", maxDepth), strconv.Itoa(maxDepth))
	}
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			if err := w.walk(child, scope, depth); err != nil {
				return err
			}
		}
	case map[string]any:
		scope = withCTEs(n, scope)
		if err := w.look(n, scope); err != nil {
			return err
		}
		for _, key := range slices.Sorted(maps.Keys(n)) {
			if err := w.walk(n[key], scope, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// withCTEs adds the names of a node's own WITH to scope.
func withCTEs(n map[string]any, scope map[string]bool) map[string]bool {
	ctes, _ := n["cte_map"].(map[string]any)
	list, _ := ctes["map"].([]any)
	if len(list) == 0 {
		return scope
	}
	inner := maps.Clone(scope)
	if inner == nil {
		inner = map[string]bool{}
	}
	for _, entry := range list {
		if e, ok := entry.(map[string]any); ok {
			inner[strings.ToLower(word(e, "key"))] = true
		}
	}
	return inner
}

// look refuses one node by what it names.
func (w *walker) look(n map[string]any, scope map[string]bool) error {
	switch word(n, "type") {
	case "TABLE_FUNCTION":
		f, _ := n["function"].(map[string]any)
		if name := word(f, "function_name"); !w.function(name, "tables") {
			return w.refuse(n, Function, "function", name)
		}
		f["function_name"] = "" // it was looked at
	case "BASE_TABLE":
		catalog, schema, name := word(n, "catalog_name"), word(n, "schema_name"), word(n, "table_name")
		if catalog == "" && schema == "" && scope[strings.ToLower(name)] {
			return nil
		}
		if !w.table(catalog, schema, name) {
			return w.refuse(n, Table, "table", strings.TrimPrefix(schema+"."+name, "."))
		}
	case "SHOW_REF":
		name := strings.Trim(word(n, "table_name"), `"`)
		if n["query"] == nil && name != "tables" && name != "__show_tables_expanded" && !w.tables[strings.ToLower(name)] {
			return w.refuse(n, Table, "table", name)
		}
	default: // functions, windows, and whatever else calls one
		if name := word(n, "function_name"); name != "" && !w.function(name, "values") {
			return w.refuse(n, Function, "function", name)
		}
	}
	return nil
}

func (w *walker) refuse(n map[string]any, code Code, what, name string) error {
	offset := -1
	if at, ok := n["query_location"].(float64); ok && at <= float64(len(w.text)) {
		offset = int(at)
	}
	hint := ""
	if code == Table && strings.ContainsAny(name, "./") {
		hint = "; a file of your own becomes a table by --file"
	}
	return refuse(code, fmt.Sprintf("there is no %s %s to be used%s", what, name, hint), name).at(w.text, offset)
}

func word(n map[string]any, key string) string {
	s, _ := n[key].(string)
	return s
}
