package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"gongkai"
	"gongkai/analysis"
	"gongkai/extract"
	"gongkai/warehouse"
	"gongkai/web"
)

// zeroReport is a report of form 2021 with every cell zero.
func zeroReport(key, agency string, year int) warehouse.Item {
	d := &gongkai.Document{Name: agency + ".html", Body: []byte(agency + string(rune(year)))}
	r := &gongkai.Report{
		Document: d.Hash(), Name: d.Name, Part: 1, Reader: "html", AgencyID: key, Agency: agency, Year: year, Scope: gongkai.ScopeOwn,
		Title: agency + "年度报告", Published: "2025-01-20",
	}
	for _, f := range extract.Forms() {
		if f.ID != "2021" {
			continue
		}
		for i := range f.Tables {
			t := &f.Tables[i]
			r.Tables = append(r.Tables, gongkai.Table{ID: t.ID, Form: f.ID, Found: true, Method: "html"})
			for j := range t.Rows {
				for k, c := range t.CellColumns(&t.Rows[j]) {
					r.Cells = append(r.Cells, gongkai.Cell{
						Table: t.ID, Row: t.Rows[j].ID, Column: c, Form: f.ID, State: gongkai.Number, Raw: "0", Status: gongkai.Verified,
						Place: gongkai.Place{Table: i + 1, Row: j + 4, Column: k + 3},
					})
				}
			}
		}
	}
	return warehouse.Item{Document: d, Reports: []*gongkai.Report{r}}
}

// set gives a report another figure in the table of requests.
func set(it warehouse.Item, row, column string, value int64, status gongkai.Status) {
	for i := range it.Reports[0].Cells {
		c := &it.Reports[0].Cells[i]
		if c.Table == "requests" && c.Row == row && c.Column == column {
			c.Value, c.Raw, c.Status = gongkai.Int(value), gongkai.Int(value).String(), status
		}
	}
}

// received gives a report n requests from companies, all granted.
func received(it warehouse.Item, n int64) warehouse.Item {
	for _, row := range []string{"new_received", "granted", "processed_total"} {
		set(it, row, "company", n, gongkai.Verified)
		set(it, row, "total", n, gongkai.Verified)
	}
	return it
}

// agencies of the fixture, all county departments: 甲 is without fault over two
// years, 乙 has a wrong total, 丙 the same read with doubt; 戊 has no report.
var agencies = []gongkai.Agency{bureau("a-1", "甲县甲局"), bureau("b-1", "甲县乙局"), bureau("c-1", "甲县丙局"), bureau("e-1", "甲县戊局")}

func bureau(id, name string) gongkai.Agency {
	return gongkai.Agency{ID: id, Name: name, Level: gongkai.County, Type: gongkai.Department, FirstYear: 2023}
}

var once sync.Mutex

// published returns the path of the warehouse that all tests read.
func published(t testing.TB) string {
	t.Helper()
	once.Lock()
	defer once.Unlock()
	path := filepath.Join(folder, "gongkai.duckdb")
	if _, err := os.Stat(path); err != nil {
		publish(t, path)
	}
	return path
}

// publish writes a checked warehouse.
func publish(t testing.TB, path string, more ...warehouse.Item) {
	t.Helper()
	db, err := warehouse.Open(t.Context(), path, warehouse.Options{Forms: extract.Forms(), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	b := received(zeroReport("b-1", "甲县乙局", 2024), 1234)
	set(b, "new_received", "total", 1299, gongkai.Disputed)
	set(b, "new_received", "company", 1234, gongkai.Disputed)
	c := received(zeroReport("c-1", "甲县丙局", 2024), 40)
	set(c, "new_received", "total", 44, gongkai.Suspect)
	items := append([]warehouse.Item{received(zeroReport("a-1", "甲县甲局", 2023), 30), received(zeroReport("a-1", "甲县甲局", 2024), 50), b, c}, more...)
	if err := db.SetAgencies(t.Context(), agencies); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Load(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	if _, _, err := analysis.Check(t.Context(), db.SQL(), analysis.CheckOptions{Store: true}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// site serves a warehouse.
func site(t testing.TB, o web.Options) *web.Server {
	t.Helper()
	o.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	s, err := web.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// get asks for a page.
func get(t testing.TB, s *web.Server, path string) (status int, header http.Header, body string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "127.0.0.1:8765"
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	b, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, w.Result().Header, string(b)
}
