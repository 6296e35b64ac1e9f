package main

import (
	"fmt"
	"testing"

	"gongkai"
	"gongkai/internal/pipeline"

	"github.com/google/go-cmp/cmp"
)

// TestFloor: where a site states no min_reports, and its addresses give
// something else than reports, an alert begins, yesterday's rows stay, and the
// alert ends when the reports are back.
func TestFloor(t *testing.T) {
	s := newChangingSite(t)
	report := (&gongkai.Document{Body: edition(0)}).Hash()
	for night, c := range []struct {
		body []byte
		want string
	}{
		{edition(0), ""},
		{[]byte("<html><body><h1>示例市财政局</h1><p>本栏目正在改版，敬请期待，给您带来不便请谅解。</p></body></html>"), "min_reports new"},
		{[]byte("<html><body><h1>示例市财政局</h1><p>本栏目仍在改版，敬请期待，给您带来不便请谅解。</p></body></html>"), ""}, // told already
		{edition(0), "min_reports resolved"},
	} {
		s.show(c.body)
		n, err := s.app.pipeline().Nightly(t.Context(), s.gathering(t, "990100-czj"), pipeline.Reading{Jobs: 1, Batch: 16})
		if err != nil {
			t.Fatal(err)
		}
		told := ""
		for _, x := range n.Bulletin.Alerts {
			told += fmt.Sprint(x.Code, " ", x.State)
		}
		if d := cmp.Diff(c.want, told); d != "" {
			t.Errorf("night %d: alerts (-want +got):\n%s", night, d)
		}
		if got := s.current(t, "document"); got != report || n.Bulletin.Reports != 1 {
			t.Errorf("night %d: %d reports, the one that counts is %s, want %s", night, n.Bulletin.Reports, got, report)
		}
		if open := len(n.Bulletin.Open["changing"]); (open > 0) != (night == 1 || night == 2) {
			t.Errorf("night %d: %d alerts are open", night, open)
		}
	}
}
