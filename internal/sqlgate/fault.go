package sqlgate

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// mostLines of a message are kept: it may list every function of a name.
const mostLines = 6

// fault makes an Error of what DuckDB says while it prepares or runs text,
// which stood behind before other bytes. The setting errors_as_json gives the
// place of the fault; without it there is only a text.
func fault(err error, text string, before int) error {
	var e *Error
	if err == nil || errors.As(err, &e) {
		return err
	}
	said := struct {
		Type       string `json:"exception_type"`
		Message    string `json:"exception_message"`
		Position   string `json:"position"`
		Candidates string `json:"candidates"`
	}{Message: err.Error()}
	if at := strings.Index(said.Message, `{"exception_type"`); at >= 0 {
		_ = json.Unmarshal([]byte(said.Message[at:]), &said) // else the whole text is the message
	}
	code := Broken
	switch said.Type {
	case "Parser", "Binder", "Catalog":
		code = Faulty
	case "IO", "INTERNAL", "FATAL", "Serialization", "Fatal", "Internal":
		code = Failed
	}
	if said.Type == "Out of Memory" || outOfMemory(said.Message) {
		code = Memory
		said.Message, _, _ = strings.Cut(said.Message, "\n") // what follows speaks of settings, which are locked
	}
	if lines := strings.SplitAfterN(said.Message, "\n", mostLines+1); len(lines) > mostLines {
		said.Message = strings.Join(lines[:mostLines], "") + "…"
	}
	e = refuse(code, said.Message)
	if said.Type != "" {
		e.Message = said.Type + " Error: " + said.Message
	}
	if said.Candidates != "" && !strings.Contains(said.Candidates, "(") { // names, not the types that a function takes
		for c := range strings.SplitSeq(said.Candidates, ",") {
			e.Candidates = append(e.Candidates, strings.TrimSpace(c))
		}
	}
	if n, err := strconv.Atoi(said.Position); err == nil {
		return e.at(text, n-before)
	}
	return e
}

func outOfMemory(message string) bool {
	if strings.Contains(message, "duckdb_temp_storage") {
		return true // no more room to spill
	}
	return strings.Contains(message, "Out of Memory") || strings.Contains(message, "bad_alloc") ||
		strings.Contains(message, "bad allocation") || strings.Contains(message, "failed to allocate") || strings.Contains(message, "could not allocate")
}
