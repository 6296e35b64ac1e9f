package extract

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

//go:embed facts/*.toml
var factFiles embed.FS

// A factFile is one file of extract/facts.
type factFile struct {
	Define  map[string]string   // macros: {name} in a pattern
	Guard   factGuard           // common.toml only
	Topics  map[string][]string // words that say what a clause speaks of; common.toml only
	Measure []factMeasure
}

// A factGuard holds what keeps a figure from being taken, or from being taken
// for the whole. Lists are words, strings are patterns.
type factGuard struct {
	Compare, Partial, Limit, Other, Verbs []string
	Range, Whole, Unlimited               string
	Neutral, Opens                        string
}

// A factMeasure is one thing that reports count, and how they say so.
type factMeasure struct {
	ID        string
	Title     string
	Topic     string   // topic that short patterns need
	Need      []string // a clause has one of these words or is not looked at
	Units     []string // counting words
	Context   bool     // the paragraph must be about disclosure
	Patterns  []string // name what is counted; {n} stands for figure and unit
	Opening   []string // name what is counted, at the beginning of a sentence only
	Short     []string // leave it out: the topic of the sentence names it
	Zero      []string // say that there was none
	Shortzero []string
	After     []string // measures of which one must come before in the sentence
	Within    []string // limits that belong to the measure itself
	Not       []string // wordings that exclude the clause
}

// factRules are the compiled patterns. Bits are those of the word index.
type factRules struct {
	factGuard
	index                   wordIndex
	topics                  map[string]uint64
	compare, partial, other uint64
	hints                   uint64 // a sentence with a fact has one of these
	span, whole, unlimited  *regexp.Regexp
	neutral, opens          *regexp.Regexp
	measures                []factRule
}

type factRule struct {
	*factMeasure
	need, notWords                   uint64
	not                              *regexp.Regexp // what of Not are no plain words; nil if there is none
	patterns, short, zero, shortZero []*regexp.Regexp
	opening                          []*regexp.Regexp
}

// A wordIndex finds out in one pass which of up to 64 lists of words a text
// has a word of.
type wordIndex struct {
	byFirst map[rune][]indexedWord
	bits    map[string]uint64 // by list, so that equal lists share one
}

type indexedWord struct {
	word  string
	lists uint64
}

// add returns the bit of a list of words; 0 for an empty list.
func (x *wordIndex) add(words []string) uint64 {
	if len(words) == 0 {
		return 0
	}
	key := strings.Join(words, "|")
	if bit, ok := x.bits[key]; ok {
		return bit
	}
	bit := uint64(1) << len(x.bits)
	x.bits[key] = bit
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		x.byFirst[first] = append(x.byFirst[first], indexedWord{w, bit})
	}
	return bit
}

// scan returns the bits of all lists of which s has a word.
func (x *wordIndex) scan(s string) uint64 {
	found := uint64(0)
	for i, r := range s {
		for _, w := range x.byFirst[r] {
			if found&w.lists == 0 && strings.HasPrefix(s[i:], w.word) {
				found |= w.lists
			}
		}
	}
	return found
}

// factNumber is a figure with what may stand around it; units follow.
const factNumber = `(?P<a>大约|约|将近|近|逾|超过|超|不足)?(?P<n>\d+(?:\.\d+)?[百千万亿]*|[零〇一二两三四五六七八九十百千万亿]+)(?P<m>余|多|来|几)?(?P<u>%s)`

var embeddedFactRules = sync.OnceValue(func() *factRules {
	rules, err := readFactRules(factFiles)
	if err != nil {
		panic(err) // the data is part of the build and tested with it
	}
	return rules
})

// readFactRules decodes and compiles facts/*.toml of fsys. An unknown key, a
// repeated id, an unknown macro or a bad pattern is an error that names the
// file and the measure.
func readFactRules(fsys fs.FS) (*factRules, error) {
	names, err := fs.Glob(fsys, "facts/*.toml")
	if err != nil {
		return nil, err
	}
	all := factFile{Define: map[string]string{}}
	seen := map[string]bool{}
	for _, name := range names {
		var f factFile
		meta, err := toml.DecodeFS(fsys, name, &f)
		if err != nil {
			return nil, fmt.Errorf("read facts %s: %w", name, err)
		}
		if unknown := meta.Undecoded(); len(unknown) > 0 {
			return nil, fmt.Errorf("read facts %s: unknown key %s", name, unknown[0])
		}
		maps.Copy(all.Define, f.Define)
		if f.Topics != nil {
			all.Guard, all.Topics = f.Guard, f.Topics
		}
		for _, m := range f.Measure {
			if m.ID == "" || seen[m.ID] || len(m.Units) == 0 || len(m.Need) == 0 {
				return nil, fmt.Errorf("read facts %s: measure %q is repeated or lacks id, need or units", name, m.ID)
			}
			seen[m.ID] = true
			all.Measure = append(all.Measure, m)
		}
	}
	rules, err := compileFacts(&all)
	if err != nil {
		return nil, fmt.Errorf("compile facts: %w", err)
	}
	return rules, nil
}

func compileFacts(f *factFile) (*factRules, error) {
	c := factCompiler{define: f.Define}
	r := &factRules{
		factGuard: f.Guard, topics: map[string]uint64{}, index: wordIndex{byFirst: map[rune][]indexedWord{}, bits: map[string]uint64{}},
		span: c.one(f.Guard.Range), whole: c.one(f.Guard.Whole), unlimited: c.one(f.Guard.Unlimited),
		neutral: c.one(f.Guard.Neutral), opens: c.one(f.Guard.Opens),
	}
	for _, name := range slices.Sorted(maps.Keys(f.Topics)) {
		r.topics[name] = r.index.add(f.Topics[name])
	}
	r.compare, r.partial, r.other = r.index.add(f.Guard.Compare), r.index.add(f.Guard.Partial), r.index.add(f.Guard.Other)
	for i := range f.Measure {
		m := &f.Measure[i]
		longest := slices.SortedFunc(slices.Values(m.Units), func(a, b string) int { return len(b) - len(a) })
		c.units = strings.Join(longest, "|")
		if m.Topic != "" && f.Topics[m.Topic] == nil {
			return nil, fmt.Errorf("measure %s: unknown topic %q", m.ID, m.Topic)
		}
		r.measures = append(r.measures, factRule{
			factMeasure: m, patterns: c.all(m.Patterns), short: c.all(m.Short), zero: c.all(m.Zero), shortZero: c.all(m.Shortzero),
			opening: c.all(m.Opening),
		})
		rule := &r.measures[len(r.measures)-1]
		words, not := c.words(m.Not)
		rule.need, rule.notWords, rule.not = r.index.add(m.Need), r.index.add(words), not
		r.hints |= rule.need
		if c.err != nil {
			return nil, fmt.Errorf("measure %s: %w", m.ID, c.err)
		}
	}
	if n := len(r.index.bits); n > 64 {
		return nil, fmt.Errorf("%d lists of words, at most 64 fit", n)
	}
	return r, c.err
}

// A factCompiler expands macros and compiles; the first error stays.
type factCompiler struct {
	define map[string]string
	units  string
	err    error
}

var factMacro = regexp.MustCompile(`\{([a-z]+)\}`)

func (c *factCompiler) expand(s string) string {
	s = strings.ReplaceAll(s, "{n}", fmt.Sprintf(factNumber, c.units))
	for range 3 { // macros may use macros
		s = factMacro.ReplaceAllStringFunc(s, func(m string) string {
			body, ok := c.define[m[1:len(m)-1]]
			if !ok && c.err == nil {
				c.err = fmt.Errorf("unknown macro %s", m)
			}
			return body
		})
	}
	return s
}

func (c *factCompiler) one(s string) *regexp.Regexp {
	re, err := regexp.Compile(c.expand(s))
	if err != nil && c.err == nil {
		c.err = err
	}
	return re
}

func (c *factCompiler) all(patterns []string) []*regexp.Regexp {
	compiled := make([]*regexp.Regexp, len(patterns))
	for i, p := range patterns {
		compiled[i] = c.one(p)
	}
	return compiled
}

// words parts plain words, which are quick to look for, from patterns.
func (c *factCompiler) words(not []string) ([]string, *regexp.Regexp) {
	var plain, patterns []string
	for _, s := range not {
		for alternative := range strings.SplitSeq(c.expand(s), "|") {
			if regexp.QuoteMeta(alternative) != alternative {
				patterns = append(patterns, c.expand(s))
				break
			}
		}
		if len(patterns) == 0 || patterns[len(patterns)-1] != c.expand(s) {
			plain = append(plain, strings.Split(c.expand(s), "|")...)
		}
	}
	if len(patterns) == 0 {
		return plain, nil
	}
	return plain, c.one(strings.Join(patterns, "|"))
}
