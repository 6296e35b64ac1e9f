package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// composed are keys that are made of a beginning and what the data says.
var composed = []string{"status.", "scope.", "finding.", "metric."}

// TestWords wants every text in both languages, no key missing and none unused.
func TestWords(t *testing.T) {
	var all strings.Builder
	for _, pattern := range []string{"*.go", "pages/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(f, "_test.go") {
				all.Write(b)
			}
		}
	}
	text := all.String()
	for _, m := range regexp.MustCompile(`Say "([^"]+)"`).FindAllStringSubmatch(text, -1) {
		if _, ok := catalogue[m[1]]; !ok {
			t.Errorf("words.toml has no %q", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`"((?:error|finding)\.[a-z_]+)"`).FindAllStringSubmatch(text, -1) {
		if _, ok := catalogue[m[1]]; !ok {
			t.Errorf("words.toml has no %q", m[1])
		}
	}
	for key, p := range catalogue {
		if p.Zh == "" || p.En == "" {
			t.Errorf("%s is not in both languages", key)
		}
		if strings.Count(p.Zh, "%") != strings.Count(p.En, "%") {
			t.Errorf("%s takes other values in the other language", key)
		}
		if !strings.Contains(text, `"`+key+`"`) && !hasBeginning(key) {
			t.Errorf("nothing says %s", key)
		}
	}
	if _, err := say(chinese, "no such key"); err == nil {
		t.Error("a key that is not there is said")
	}
}

func hasBeginning(key string) bool {
	for _, c := range composed {
		if strings.HasPrefix(key, c) {
			return true
		}
	}
	return false
}

// forbidden are words that accuse, or claim more than is known.
var forbidden = []string{"造假", "虚报", "瞒报", "作弊", "故意", "拒不公布", "缺报", "倒数第一", "最差", "垫底", "驳回"}

func TestForbiddenWords(t *testing.T) {
	for key, p := range catalogue {
		for _, w := range forbidden {
			if strings.Contains(p.Zh, w) {
				t.Errorf("%s says %s", key, w)
			}
		}
	}
}

func TestFigure(t *testing.T) {
	for in, want := range map[string]string{"0": "0", "999": "999", "1234": "1,234", "-1234567.80": "−1,234,567.80", "": "", "x1": "x1"} {
		if got := figure(in); got != want {
			t.Errorf("figure(%q) = %q, want %q", in, got, want)
		}
	}
}
