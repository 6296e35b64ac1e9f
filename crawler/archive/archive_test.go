package archive_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gongkai"
	"gongkai/crawler/archive"
)

func open(t *testing.T, dir string, options ...archive.Option) *archive.Archive {
	t.Helper()
	a, err := archive.Open(dir, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

func documents(t *testing.T, a *archive.Archive) []*gongkai.Document {
	t.Helper()
	var all []*gongkai.Document
	for d, err := range a.Documents(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

func sample(name, body string) *gongkai.Document {
	return &gongkai.Document{
		Name: name, MediaType: "text/html; charset=utf-8", Body: []byte(body),
		Fetched:  time.Date(2024, 1, 20, 8, 0, 0, 123456789, time.UTC),
		AgencyID: "640300-kjj", Year: 2023, LinkTitle: "示例局2023年政府信息公开工作年度报告", Published: "2024-01-19",
	}
}

func TestPutGivesTheDocumentBack(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	want := []*gongkai.Document{sample("年报/2023 年.html", "<html>一</html>"), sample("b.pdf", "%PDF-1.4 二"), {Name: "c.txt", Body: []byte("三")}}
	want[1].URL = "https://www.example.gov.cn/zfxxgk/P02.pdf"
	for _, d := range want {
		if err := a.Put(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, documents(t, a)); diff != "" {
		t.Errorf("same process (-want +got):\n%s", diff)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, dir)
	if diff := cmp.Diff(want, documents(t, a)); diff != "" {
		t.Errorf("opened again (-want +got):\n%s", diff)
	}
}
