package transport

import (
	"slices"
	"strings"
)

// A hintSet finds which of up to 64 phrases stand in a text, all in one pass
// and without regard to the case of ASCII letters (Aho and Corasick's
// automaton).
type hintSet struct {
	class  [256]uint8 // bytes that lead on alike
	width  int        // number of classes
	next   []uint16   // state × class → state
	phrase []uint64   // state → phrases that end here, as bits
}

// newHintSet makes a set of phrases in lower case.
func newHintSet(phrases []string) *hintSet {
	h := &hintSet{width: 1} // class 0: bytes of no phrase
	for _, c := range []byte(strings.Join(phrases, "")) {
		if h.class[c] == 0 {
			h.class[c] = uint8(h.width)
			h.width++
		}
	}
	for c := 'A'; c <= 'Z'; c++ {
		h.class[c] = h.class[c+'a'-'A']
	}
	h.grow()
	for i, p := range phrases {
		s := 0
		for _, c := range []byte(p) {
			at := s*h.width + int(h.class[c])
			if h.next[at] == 0 {
				to := h.grow()
				h.next[at] = to
			}
			s = int(h.next[at])
		}
		h.phrase[s] |= 1 << i
	}
	h.link()
	return h
}

// grow adds a state.
func (h *hintSet) grow() uint16 {
	h.next = append(h.next, make([]uint16, h.width)...)
	h.phrase = append(h.phrase, 0)
	return uint16(len(h.phrase) - 1)
}

// link makes every state lead on from where the longest end of what was read
// would be, in the order of their distance from the start.
func (h *hintSet) link() {
	row := func(s uint16) []uint16 { return h.next[int(s)*h.width:][:h.width] }
	fail := make([]uint16, len(h.phrase))
	queue := slices.DeleteFunc(slices.Clone(row(0)), func(s uint16) bool { return s == 0 })
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		h.phrase[s] |= h.phrase[fail[s]]
		for c, to := range row(s) {
			if to == 0 {
				row(s)[c] = row(fail[s])[c]
				continue
			}
			fail[to] = row(fail[s])[c]
			queue = append(queue, to)
		}
	}
}

// in returns the phrases that stand in the parts, read as one text.
func (h *hintSet) in(parts ...string) (found uint64) {
	s := 0
	for _, p := range parts {
		for i := range len(p) {
			s = int(h.next[s*h.width+int(h.class[p[i]])])
			found |= h.phrase[s]
		}
	}
	return found
}

// A reading is a page's text with the hints that stand in it.
type reading struct {
	g    glance
	text string // title and text; empty until it is needed
	has  uint64
}

// hints are those of all signatures of text; hintsOf tells whose they are.
var hints, hintsOf = func() (*hintSet, [len(firewalls) + 1]uint64) {
	var all []string
	var of [len(firewalls) + 1]uint64
	for i, s := range append(firewalls[:], notFound) {
		for _, h := range s.hints {
			of[i] |= 1 << len(all)
			all = append(all, h)
		}
	}
	return newHintSet(all), of
}()

func newReading(g glance) *reading {
	return &reading{g: g, has: hints.in(g.title, " ", g.text)}
}

func (r *reading) seen() string {
	if r.text == "" {
		r.text = r.g.title + " " + r.g.text
	}
	return r.text
}

// firewall returns the name of the signature of a firewall's page; empty if it
// is none.
func (r *reading) firewall() string {
	for i, w := range firewalls {
		if r.has&hintsOf[i] != 0 && w.re.MatchString(r.seen()) {
			return w.name
		}
	}
	return ""
}

// notFound returns what says in s, a part of the page, that it does not exist.
func (r *reading) notFound(s string) string {
	if r.has&hintsOf[len(firewalls)] == 0 {
		return ""
	}
	return notFound.re.FindString(s)
}
