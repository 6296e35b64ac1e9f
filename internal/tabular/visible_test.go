package tabular

import (
	"bytes"
	"strings"
	"testing"
)

// TestNoControlCharacters: no text output hands on what would steer a terminal.
func TestNoControlCharacters(t *testing.T) {
	t.Parallel()
	const evil = "a\x1b[31mb\x00\u009bc\u202ed\u2066e\rf"
	for _, format := range []string{"table", "csv", "tsv", "markdown"} {
		var out bytes.Buffer
		if _, err := Write(&out, format, Columns("x\x1by"), 0, func(add func([]Value) error) error {
			return add(Known(evil))
		}); err != nil {
			t.Fatal(err)
		}
		for _, r := range out.String() {
			if r != '\n' && unprintable(r) {
				t.Errorf("%s: %q", format, out.String())
				break
			}
		}
		for _, want := range []string{`\x1b[31mb\x00\x9bc\u202ed\u2066e`, `x\x1by`} {
			if got := strings.ReplaceAll(out.String(), `\\`, `\`); !strings.Contains(got, want) {
				t.Errorf("%s: %q lacks %s", format, got, want)
			}
		}
	}
	if got := Visible("表\n\t一"); got != "表\n\t一" {
		t.Errorf("%q was changed", got)
	}
}
