package web

import (
	"bytes"
	"context"
	"errors"
	"net/http"

	"gongkai/internal/sqlgate"
	"gongkai/internal/tabular"
)

const (
	mostQueries = 2       // that run at once
	mostAnswer  = 100_000 // rows; more are refused, never cut
)

// sql answers one SELECT as JSON, whole or not at all. It runs in a process of
// its own, under the limits of queries that anybody may ask.
func (s *Server) sql(w http.ResponseWriter, r *http.Request) {
	if len(s.o.SQLWorker) == 0 {
		problem(w, r, http.StatusNotFound, "E_NO_SQL", "this site answers no SQL", nil)
		return
	}
	select {
	case s.asked <- struct{}{}:
		defer func() { <-s.asked }()
	default:
		w.Header().Set("Retry-After", "5")
		problem(w, r, http.StatusTooManyRequests, "E_BUSY", "as many queries run as may at once; try again in a moment", nil)
		return
	}
	body, err := s.ask(r.Context(), r.URL.Query().Get("sql"))
	if err != nil {
		s.failSQL(w, r, err)
		return
	}
	w.Header().Set("Access-Control-Allow-Origin", "*")
	write(w, r, http.StatusOK, mediaTypes[".json"], body)
}

func (s *Server) ask(ctx context.Context, text string) (body []byte, err error) {
	rows, err := sqlgate.Run(ctx, s.o.SQLWorker, sqlgate.Request{
		Warehouse: s.o.Warehouse, SQL: text, MaxRows: mostAnswer + 1, Limits: sqlgate.PublicLimits(),
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	columns := make([]tabular.Column, len(rows.Columns))
	for i, c := range rows.Columns {
		columns[i] = tabular.Column{Name: c.Name, Kind: tabular.KindOf(c.Type)}
	}
	var b bytes.Buffer
	values := make([]tabular.Value, len(columns))
	_, err = tabular.Write(&b, "json", columns, mostAnswer, func(add func([]tabular.Value) error) error {
		for rows.Next() {
			for i, v := range rows.Values() {
				values[i] = tabular.Given(v.Known, v.Text)
			}
			if err := add(values); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	return b.Bytes(), err
}

// failSQL tells why there are no rows: 400 if the query is to blame, 413 if
// there are too many, 422 if it met a limit or a value broke it off.
func (s *Server) failSQL(w http.ResponseWriter, r *http.Request, err error) {
	var e *sqlgate.Error
	var more tabular.MoreError
	switch {
	case errors.As(err, &more):
		problem(w, r, http.StatusRequestEntityTooLarge, "E_ROWS", "more than 100000 rows: none are given rather than a part; ask for less, or use gongkai query", nil)
	case errors.As(err, &e) && e.Refused():
		problem(w, r, http.StatusBadRequest, "E_SQL_"+string(e.Code), e.Message, map[string]any{"line": e.Line, "column": e.Column, "candidates": e.Candidates})
	case errors.As(err, &e) && (e.Limit() || e.Code == sqlgate.Broken):
		problem(w, r, http.StatusUnprocessableEntity, "E_SQL_"+string(e.Code), e.Message, nil)
	default:
		s.log.Error("query failed", "error", err)
		problem(w, r, http.StatusInternalServerError, "E_INTERNAL", "the query could not be run", nil)
	}
}
