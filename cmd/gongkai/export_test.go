package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"gongkai/internal/tabular/datapackage"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// checkpackage FOLDER: datapackage.json tells the truth about its files.
func scriptCheckPackage(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	b, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
	ts.Check(err)
	var p datapackage.Package
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	ts.Check(d.Decode(&p))
	if p.Name == "" || len(p.Licenses) == 0 || len(p.Sources) == 0 || len(p.Resources) == 0 {
		ts.Fatalf("datapackage.json lacks a part: %s", b)
	}
	for _, r := range p.Resources {
		body, err := os.ReadFile(filepath.Join(dir, r.Path))
		ts.Check(err)
		sum := sha256.Sum256(body)
		if r.Bytes != int64(len(body)) || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
			ts.Fatalf("%s: size or hash is wrong", r.Path)
		}
		if r.Description == "" {
			ts.Fatalf("%s has no description", r.Name)
		}
		for _, f := range r.Schema.Fields {
			if f.Description == "" {
				ts.Fatalf("%s.%s has no description", r.Name, f.Name)
			}
		}
		header, rows := readExport(ts, filepath.Join(dir, r.Path), &r)
		if header == nil {
			continue
		}
		var names []string
		for _, f := range r.Schema.Fields {
			names = append(names, f.Name)
		}
		if diff := cmp.Diff(names, header); diff != "" {
			ts.Fatalf("%s: header: %s", r.Path, diff)
		}
		if int64(rows) != r.RowCount {
			ts.Fatalf("%s: %d rows, rowCount %d", r.Path, rows, r.RowCount)
		}
	}
}

// readExport returns the header and the number of rows of one table; no header
// for a format that is not read here.
func readExport(ts *testscript.TestScript, path string, r *datapackage.Resource) ([]string, int) {
	body, err := os.ReadFile(path)
	ts.Check(err)
	switch r.Format {
	case "csv":
		records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\uFEFF")))).ReadAll()
		ts.Check(err)
		return records[0], len(records) - 1
	case "json":
		var rows []map[string]any
		ts.Check(json.Unmarshal(body, &rows))
		if int64(len(rows)) != r.RowCount {
			ts.Fatalf("%s: %d rows, rowCount %d", path, len(rows), r.RowCount)
		}
	case "xlsx":
		f, err := excelize.OpenFile(path)
		ts.Check(err)
		defer f.Close()
		rows, err := f.GetRows(r.Dialect["sheet"])
		ts.Check(err)
		meaning, err := f.GetRows("dictionary")
		ts.Check(err)
		if len(meaning) < len(r.Schema.Fields) {
			ts.Fatalf("the dictionary has %d rows", len(meaning))
		}
		return rows[0], len(rows) - 1
	}
	return nil, 0
}
