package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"gongkai/web"
)

func TestSQL(t *testing.T) {
	t.Parallel()
	s := site(t, web.Options{Warehouse: published(t), SQLWorker: []string{worker}})
	for text, want := range map[string]int{
		"SELECT count(*) AS n FROM report":              http.StatusOK,
		"":                                              http.StatusBadRequest,
		"DROP TABLE report":                             http.StatusBadRequest,
		"SELECT * FROM read_csv('/etc/passwd')":         http.StatusBadRequest,
		"SELECT 1; SELECT 2":                            http.StatusBadRequest,
		"SELECT * FROM range(100001)":                   http.StatusRequestEntityTooLarge,
		"SELECT nothing FROM report":                    http.StatusBadRequest,
		"COPY report TO '/tmp/x.csv'":                   http.StatusBadRequest,
		"SELECT getenv('HOME')":                         http.StatusBadRequest,
		"SELECT error('x') FROM report":                 http.StatusUnprocessableEntity,
		"SELECT current_setting('temp_directory') AS a": http.StatusBadRequest,
	} {
		status, h, body := get(t, s, "/sql.json?sql="+url.QueryEscape(text))
		if status != want {
			t.Errorf("%q: %d, want %d: %s", text, status, want, body)
		}
		if status != http.StatusOK && h.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%q: %s", text, h.Get("Content-Type"))
		}
		if status == http.StatusOK && !strings.Contains(body, `"n":4`) && !strings.Contains(body, `"n": 4`) {
			t.Errorf("%q: %s", text, body)
		}
	}
}

var dot = regexp.MustCompile(`data-v="([^"]*)"`)

// TestTrend wants the chart to show as many years as the data beside it has.
func TestTrend(t *testing.T) {
	t.Parallel()
	s := site(t, web.Options{Warehouse: published(t)})
	for _, query := range []string{"", "?agency=a-1"} {
		status, _, body := get(t, s, "/trend/O2"+query)
		if status != http.StatusOK {
			t.Fatalf("/trend/O2%s: %d", query, status)
		}
		link := regexp.MustCompile(`href="([^"]*\.json[^"]*)"`).FindStringSubmatch(body)
		if link == nil {
			t.Fatalf("%s: no link to the data", query)
		}
		if want := "/trend/O2.json" + query; link[1] != want {
			t.Errorf("the data of %s are at %s, want %s", query, link[1], want)
		}
		_, _, data := get(t, s, link[1])
		var rows []struct {
			Year  int
			Value *float64
		}
		if err := json.Unmarshal([]byte(data), &rows); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if dots := dot.FindAllString(body, -1); len(rows) != 2 || len(dots) != 2 {
			t.Errorf("%s: %d rows, %d dots, want 2: %s", query, len(rows), len(dots), data)
		}
		for _, r := range rows {
			if r.Value == nil || *r.Value != 1 {
				t.Errorf("%s: %+v: all was granted", query, r)
			}
		}
	}
	if status, _, _ := get(t, s, "/trend/X9"); status != http.StatusNotFound {
		t.Errorf("a metric that is not: %d", status)
	}
}

// TestRanking wants all agencies of the group accounted for.
func TestRanking(t *testing.T) {
	t.Parallel()
	s := site(t, web.Options{Warehouse: published(t)})
	status, _, body := get(t, s, "/rank/2024/county_department")
	if status != http.StatusOK {
		t.Fatal(status)
	}
	for _, a := range agencies {
		if !strings.Contains(body, a.Name) {
			t.Errorf("%s is nowhere in the ranking", a.Name)
		}
	}
	_, _, data := get(t, s, "/rank/2024/county_department.csv")
	if n := strings.Count(data, "\n"); n != 1+len(agencies) {
		t.Errorf("%d lines of CSV, want %d", n, 1+len(agencies))
	}
	if status, _, body := get(t, s, "/rank/2024/township"); status != http.StatusOK || !strings.Contains(body, "没有排名") {
		t.Errorf("a group of nobody: %d", status)
	}
	for _, path := range []string{"/rank/1999/county_department", "/rank/2024/none", "/rank/x/county_department"} {
		if status, _, _ := get(t, s, path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}
