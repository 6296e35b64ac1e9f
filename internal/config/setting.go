package config

import (
	_ "embed"
	"fmt"
	"strings"
)

// A Setting is one thing that can be set.
type Setting struct {
	Name    string // as in the file; a dot stands behind its section
	Kind    Kind
	Meaning string
}

// Kind is what a setting holds.
type Kind string

// The kinds. A Path that is not absolute is relative to the folder of the file.
const (
	Text   Kind = "text"
	Number Kind = "number"
	Switch Kind = "switch"
	Path   Kind = "path"
)

//go:embed settings.txt
var table string

var settings = parse(table)

// Settings returns all that can be set, in the order of their table.
func Settings() []Setting { return settings }

// parse reads the table. A fault in it is one of the program.
func parse(table string) (all []Setting) {
	for line := range strings.Lines(table) {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		if len(words) < 3 {
			panic(fmt.Sprintf("settings.txt: %q", line))
		}
		all = append(all, Setting{words[0], Kind(words[1]), strings.Join(words[2:], " ")})
	}
	return all
}

// Flag is the name of the flag; empty if there is none.
func (s *Setting) Flag() string {
	if strings.Contains(s.Name, ".") {
		return ""
	}
	return s.Name
}

// Variable is the name of the environment variable.
func (s *Setting) Variable() string {
	return "GONGKAI_" + strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(s.Name))
}

func find(name string) *Setting {
	for i := range settings {
		if settings[i].Name == name {
			return &settings[i]
		}
	}
	return nil
}
