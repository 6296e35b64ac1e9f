package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// blankScan is a picture of a page, as grey as paper.
func blankScan(t *testing.T) []byte {
	t.Helper()
	g := image.NewGray(image.Rect(0, 0, 420, 594))
	for i := range g.Pix {
		g.Pix[i] = color.Gray{Y: uint8(232 + i*7%11)}.Y
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, g, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// misreadScan is a scan with a text layer, in which five figures are wrong. It
// returns what the layer says of those.
func misreadScan(t *testing.T, r *fixture.Report) (body []byte, wrong map[fixture.Key]string) {
	t.Helper()
	wrong = map[fixture.Key]string{}
	spoil := strings.NewReplacer("0", "6", "1", "7", "2", "9", "3", "8", "4", "5", "5", "4", "6", "0", "7", "1", "8", "3", "9", "2")
	spots := 0
	picture := blankScan(t)
	body = fixture.PDF(fixture.Compose(fixture.Layout{}, r), fixture.Print{
		Rules: "lines", Landscape: true, Compress: true, Pictures: [][]byte{picture, picture, picture, picture}, Under: "3 Tr\n",
		Figure: func(s fixture.Spot) string {
			if spots++; spots%31 == 11 && len(wrong) < 5 && s.Table != "proactive" {
				s.Text = spoil.Replace(s.Text[:1]) + s.Text[1:]
				wrong[s.Key] = s.Text
			}
			return s.Plain()
		},
	})
	if len(wrong) != 5 {
		t.Fatalf("%d figures are misread", len(wrong))
	}
	return body, wrong
}

// TestScanReading: a person reads a scan in which the machine has five digits
// wrong. Every cell is confirmed or verified then, both readings are kept, and
// the equations hold as they do on paper.
func TestScanReading(t *testing.T) {
	t.Parallel()
	truth := fixture.Random(61, fixture.Options{Forms: fixture.Form2021, Size: fixture.Medium, Plain: true})
	body, wrong := misreadScan(t, truth)
	dir := t.TempDir()
	data, scan := filepath.Join(dir, "data"), filepath.Join(dir, "scan.pdf")
	if err := os.WriteFile(scan, body, 0o644); err != nil {
		t.Fatal(err)
	}
	ask := func(sql string) string { return lastLine(mustRun(t, "query", sql, "--data", data, "--format", "csv")) }

	mustRun(t, "ingest", scan, "--data", data, "-q")
	if got := ask("SELECT string_agg(DISTINCT status) || ' ' || count(*) FROM cell"); got != "ocr 200" {
		t.Errorf("of the scan alone: %s, want ocr 200", got)
	}
	mustRun(t, "records", "new", "reading", scan, "--data", data)
	fillReading(t, filepath.Join(data, "records", "readings.toml"), truth)
	mustRun(t, "records", "lint", "--data", data)
	mustRun(t, "ingest", scan, "--data", data, "-q")

	if got := ask("SELECT count(*) || ' ' || count(*) FILTER (status IN ('confirmed', 'verified')) FROM cell"); got != "200 200" {
		t.Errorf("of the cells %s are confirmed or verified, want 200 200", got)
	}
	rows := strings.Split(mustRun(t, "query", "SELECT table_id, row_id, column_id, raw, status, second FROM cell", "--data", data, "--format", "csv"), "\n")
	for _, line := range rows[1:] {
		f := strings.Split(line, ",")
		if len(f) != 6 {
			continue
		}
		k := fixture.Key{Table: f[0], Row: f[1], Column: f[2]}
		if want := truth.Cells[k].Printed; f[3] != want {
			t.Errorf("%v is %q, on paper %q", k, f[3], want)
		}
		if machine, misread := wrong[k]; misread && (f[4] != "confirmed" || f[5] != machine) {
			t.Errorf("%v is %s, beside %q; the machine read %q", k, f[4], f[5], machine)
		}
	}
	if code, said := ends(t, command(t, "check", "--store", "--data", data)); code != exitOK && code != exitFindings {
		t.Fatalf("check: exit %d: %s", code, said)
	}
	if got := ask("SELECT count(*) FROM finding WHERE outcome = 'FAIL' AND (starts_with(rule, 'T3-') OR starts_with(rule, 'T4-'))"); got != "0" {
		t.Errorf("%s equations fail that hold on paper", got)
	}
}

// fillReading types what stands on paper over each "?" of a template.
func fillReading(t *testing.T, path string, truth *fixture.Report) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	filled := regexp.MustCompile(`(?m)^"(\w+)\.(\w+)\.(\w+)" = "\?"`).ReplaceAllStringFunc(string(body), func(line string) string {
		p := strings.Split(strings.Split(line, `"`)[1], ".")
		v := truth.Cells[fixture.Key{Table: p[0], Row: p[1], Column: p[2]}]
		if v.State != gongkai.Number && v.State != gongkai.Blank {
			t.Errorf("%s is %s on paper", line, v.State)
		}
		return fmt.Sprintf("%q = %q", strings.Join(p, "."), v.Printed)
	})
	for key, value := range map[string]string{"who": "核对员", "date": "2025-05-20", "basis": "原件扫描件"} {
		filled = regexp.MustCompile(`(?m)^`+key+` .*`).ReplaceAllString(filled, fmt.Sprintf("%s = %q", key, value))
	}
	if err := os.WriteFile(path, []byte(filled), 0o644); err != nil {
		t.Fatal(err)
	}
}
