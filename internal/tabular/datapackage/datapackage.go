package datapackage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"

	"gongkai/internal/tabular"
	"gongkai/warehouse"

	"github.com/google/renameio/v2"
)

// A Package is the datapackage.json of an export (Data Package v1).
type Package struct {
	Profile     string     `json:"profile"`
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Licenses    []License  `json:"licenses"`
	Sources     []Source   `json:"sources"`
	Resources   []Resource `json:"resources"`
}

// The parts of a Package, as the standard names them.
type (
	License struct {
		Name  string `json:"name"`
		Title string `json:"title,omitempty"`
	}
	Source struct {
		Title string `json:"title"`
		Path  string `json:"path,omitempty"`
	}
	Resource struct {
		Profile     string            `json:"profile"`
		Name        string            `json:"name"`
		Path        string            `json:"path"`
		Title       string            `json:"title"`
		Description string            `json:"description,omitempty"`
		Format      string            `json:"format"`
		MediaType   string            `json:"mediatype"`
		Encoding    string            `json:"encoding,omitempty"`
		Dialect     map[string]string `json:"dialect,omitempty"`
		Bytes       int64             `json:"bytes"`
		Hash        string            `json:"hash"`
		RowCount    int64             `json:"rowCount"`
		Schema      Schema            `json:"schema"`
	}
	Schema struct {
		Fields        []Field  `json:"fields"`
		MissingValues []string `json:"missingValues"`
		PrimaryKey    []string `json:"primaryKey,omitempty"`
	}
	Field struct {
		Name        string       `json:"name"`
		Type        tabular.Kind `json:"type"`
		Format      string       `json:"format,omitempty"`
		Description string       `json:"description,omitempty"`
	}
)

// The file that describes an export, and the name of the package.
const (
	FileName    = "datapackage.json"
	PackageName = "gongkai"
)

func newPackage(license string) *Package {
	l := License{Name: license}
	if license == "notspecified" {
		l.Title = "Not specified: the figures are those of official reports; --license names the terms of an export"
	}
	return &Package{
		Profile:     "data-package",
		Name:        PackageName,
		Title:       "政府信息公开工作年度报告 / Annual reports on disclosure of government information",
		Description: "Every cell as the agency printed it, errors included, with its place in the document and how far the reading can be trusted (column status).",
		Licenses:    []License{l},
		Sources:     []Source{},
		Resources:   []Resource{},
	}
}

var mediaTypes = map[string]string{
	"csv": "text/csv", "json": "application/json", "parquet": "application/vnd.apache.parquet",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// add describes a table that was written. sheet names its place in a workbook.
func (p *Package) add(t *Table, path, format, sheet string, rows int64, s *summed) {
	r := Resource{
		Profile: "tabular-data-resource", Name: t.name, Path: path, Title: t.name, Description: t.comment,
		Format: format, MediaType: mediaTypes[format], Bytes: s.bytes, Hash: "sha256:" + s.digest(), RowCount: rows,
		Schema: Schema{MissingValues: []string{""}, PrimaryKey: t.key},
	}
	if format != "csv" && format != "json" {
		r.Profile = "data-resource" // tabular-data-resource is for CSV and JSON
	} else {
		r.Encoding = "utf-8"
	}
	if sheet != "" {
		r.Dialect = map[string]string{"sheet": sheet}
	}
	for _, c := range t.columns {
		f := Field{Name: c.name, Type: tabular.KindOf(c.duck), Description: c.comment}
		if f.Type == tabular.Datetime {
			f.Format = "%Y-%m-%d %H:%M:%S"
		}
		r.Schema.Fields = append(r.Schema.Fields, f)
	}
	p.Resources = append(p.Resources, r)
}

// describe says where the figures come from: one source for each site, and one
// for all local files.
func (p *Package) describe(ctx context.Context, db *sql.DB) error {
	err := warehouse.EachRow(ctx, db, sourcesSQL, func(scan func(...any) error) error {
		var site string
		var documents int
		if err := scan(&site, &documents); err != nil {
			return err
		}
		s := Source{Title: strconv.Itoa(documents) + " documents of " + site, Path: site}
		if site == "" {
			s = Source{Title: strconv.Itoa(documents) + " local files"}
		}
		p.Sources = append(p.Sources, s)
		return nil
	})
	if err != nil {
		return fmt.Errorf("sources: %w", err)
	}
	return nil
}

// sourcesSQL counts documents by the site they were fetched from.
const sourcesSQL = `
	SELECT coalesce(regexp_extract(url, '^https?://[^/]+'), '') AS site, count(*)
	FROM document GROUP BY site ORDER BY site`

func (p *Package) write(path string) error {
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return renameio.WriteFile(path, append(b, '\n'), 0o644)
}
