package htmltable

import (
	"strings"
	"testing"
)

func FuzzCompact(f *testing.F) {
	for _, s := range []string{"", "display:none", "DISPLAY : none ;\n color:Red", "font-family:宋体, SimSun", "a\x00b\x7fc", "宽 : 1", "width:\u00a01px"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, style string) {
		if got, want := compact(style), squeeze(strings.ToLower(style)); got != want {
			t.Errorf("%q: %q, want %q", style, got, want)
		}
	})
}
