package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func nowhere(string) (string, bool) { return "", false }

func TestRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, File)
	text := "# ours\ncontact = \"mail@example.org\"\nrate = 2.5\nsites = \"own\"\n[issuer] # on prints\nname = \"示例研究所\"\nurl = \"https://example.org/\"\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := Read(dir, func(name string) (string, bool) {
		v, ok := map[string]string{"GONGKAI_RATE": "1", "GONGKAI_ISSUER_URL": "https://example.net/", "GONGKAI_CONTACT": ""}[name]
		return v, ok
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]Value{
		"contact":     {"mail@example.org", path + ":2"},
		"rate":        {"1", "GONGKAI_RATE"},
		"sites":       {filepath.Join(dir, "own"), path + ":4"},
		"issuer.name": {"示例研究所", path + ":6"},
		"issuer.url":  {"https://example.net/", "GONGKAI_ISSUER_URL"},
	} {
		if got, _ := c.Get(name); got != want {
			t.Errorf("%s is %+v, want %+v", name, got, want)
		}
	}
	if _, ok := c.Get("until"); ok {
		t.Error("until was not set")
	}
	if got := c.Issuer(); got.Name != "示例研究所" || got.URL != "https://example.net/" || got.Contact != "" {
		t.Errorf("issuer %+v", got)
	}
	if c, err := Read(t.TempDir(), nowhere); err != nil || len(c.values) > 0 {
		t.Errorf("without a file: %+v, %v", c, err)
	}
}

// TestFaults: each names the file, the line and what to do.
func TestFaults(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"contact = mail":                       ":1: ",
		"\nkontakt = \"a\"\n":                  ":2: kontakt is no setting (hint",
		"rate = \"fast\"":                      ":1: rate wants a number (hint",
		"contact = \"\"":                       ":1: contact wants a text",
		"contact = 5":                          ":1: contact wants a text",
		"[issuer]\nname = \"a\"\nlogo = \"b\"": ":3: issuer.logo is no setting",
		"[mail]\nname = \"a\"":                 ":2: mail.name is no setting",
		"contact = \"a\"\ncontact = \"b\"":     ":2: ",
		"[issuer.name]\na = \"b\"":             "issuer.name wants a text",
		"issuer = \"b\"":                       ":1: issuer is no setting",
		"jobs = [1]\n\n\nmemory = false\n":     ":4: memory wants a text",
		"issuer.name = 1":                      ":1: issuer.name wants",
		"\"rate\" = 1979-05-27T07:32:00Z":      ":1: rate wants a number",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, File), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(dir, nowhere); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range Settings() {
		if seen[s.Variable()] || s.Meaning == "" {
			t.Errorf("%+v", s)
		}
		seen[s.Variable()] = true
		switch s.Kind {
		case Text, Number, Switch, Path:
		default:
			t.Errorf("%s: kind %q", s.Name, s.Kind)
		}
	}
}

func TestEnabled(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new")
	e, err := ReadEnabled(dir)
	if err != nil || e.Has("b") {
		t.Fatalf("%+v, %v", e, err)
	}
	e.Contact, e.Sites = "mail@example.org", []string{"b", "a", "b"}
	if err := e.Write(dir); err != nil {
		t.Fatal(err)
	}
	got, err := ReadEnabled(dir)
	if err != nil || !got.Has("a") || !got.Has("b") || got.Has("c") || len(got.Sites) != 2 || got.Contact != e.Contact {
		t.Errorf("%+v, %v", got, err)
	}
	if err := os.WriteFile(filepath.Join(dir, EnabledFile), []byte("everything = true\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadEnabled(dir); err == nil || !strings.Contains(err.Error(), "everything") {
		t.Errorf("an unknown key: %v", err)
	}
}
