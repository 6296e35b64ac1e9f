package web

import (
	_ "embed"
	"fmt"

	"github.com/BurntSushi/toml"
)

//go:embed words.toml
var wordsTOML string

// A phrase is one text in both languages.
type phrase struct{ Zh, En string }

// catalogue holds all that the site says, by key. What tells of the data, such
// as names and labels of forms, comes from the data.
var catalogue = readCatalogue(wordsTOML)

func readCatalogue(text string) map[string]phrase {
	var all map[string]phrase
	if _, err := toml.Decode(text, &all); err != nil {
		panic(fmt.Sprintf("words.toml, compiled in: %v", err))
	}
	return all
}

// say returns a text of the catalogue. A key that is not there is an error, which
// ends the page: a test makes sure that none is missing.
func say(lang, key string, args ...any) (string, error) {
	p, ok := catalogue[key]
	if !ok {
		return "", fmt.Errorf("words.toml has no %q", key)
	}
	format := p.Zh
	if lang == english {
		format = p.En
	}
	if len(args) == 0 {
		return format, nil
	}
	return fmt.Sprintf(format, args...), nil
}

// The languages.
const (
	chinese = "zh-CN"
	english = "en"
)
