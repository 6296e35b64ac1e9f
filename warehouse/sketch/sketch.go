package sketch

import (
	"maps"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// Shingle is the length in characters of the pieces that are compared.
	Shingle = 5
	// MinLetters is how many letters must be left of a text that is compared:
	// two short texts agree by chance or need.
	MinLetters = 60
	// MaxLetters bounds the work: what a text says behind it is not compared.
	MaxLetters = 4000
	// Words is the size of a signature in words of 64 bits.
	Words = 8
)

// A Sketch is what is kept of a text to find others like it.
type Sketch struct {
	Masked  string        // what was compared: the text masked, cut at MaxLetters
	Letters int           // how many letters of its own it has, of those in Masked
	Hash    uint64        // names Masked: texts with equal hashes are equal
	Bits    [Words]uint64 // one bit of each of 512 minima; see Similarity
}

// Of sketches a text by an agency with the given names. Ok is false if too
// little is left of it to be compared; then there is no signature.
func Of(text string, names []string) (s Sketch, ok bool) {
	s.Masked = cut(Mask(text, names), MaxLetters)
	s.Letters = utf8.RuneCountInString(s.Masked) - strings.Count(s.Masked, string(mark))
	s.Hash = hash(s.Masked)
	if s.Letters < MinLetters {
		return s, false
	}
	s.Bits = minima(shingles(s.Masked))
	return s, true
}

func cut(s string, runes int) string {
	for i := range s {
		if runes == 0 {
			return s[:i]
		}
		runes--
	}
	return s
}

// Similarity estimates the Jaccard similarity of the texts of a and b from
// their signatures. Two bits of one minimum are equal if the minima are, and
// by chance in half of the other cases: P = (1+J)/2. The standard error is
// 0.02 at 0.9 and 0.04 at 0.
func (a *Sketch) Similarity(b *Sketch) float64 {
	differ := 0
	for i := range a.Bits {
		differ += bits.OnesCount64(a.Bits[i] ^ b.Bits[i])
	}
	return max(0, 1-2*float64(differ)/(64*Words))
}

// Jaccard returns the share of common pieces among all pieces of two masked
// texts, 0 to 1, exactly. Two texts without any are not alike.
func Jaccard(a, b string) float64 {
	as, bs := shingles(a), shingles(b)
	common := 0
	for h := range as {
		if bs[h] {
			common++
		}
	}
	if all := len(as) + len(bs) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 0
}

// shingles returns the set of hashes of all pieces of a text.
func shingles(s string) map[uint64]bool {
	set := map[uint64]bool{}
	var starts [Shingle]int // of the last characters, in a ring
	n := 0
	for i := range s {
		if n >= Shingle {
			set[hash(s[starts[n%Shingle]:i])] = true
		}
		starts[n%Shingle] = i
		n++
	}
	if n >= Shingle {
		set[hash(s[starts[n%Shingle]:])] = true
	}
	return set
}

// minima returns one bit of the least value of the set under each of 512 hash
// functions, which are fixed: a signature means the same in every warehouse.
func minima(set map[uint64]bool) (signature [Words]uint64) {
	pieces := slices.Collect(maps.Keys(set))
	seed := uint64(0)
	for i := range 64 * Words {
		seed += 0x9e3779b97f4a7c15
		factor, shift := mix(seed)|1, mix(^seed) // linear functions of hashes that are mixed already
		least := ^uint64(0)
		for _, h := range pieces {
			least = min(least, h*factor+shift)
		}
		signature[i/64] |= (mix(least) & 1) << (i % 64)
	}
	return signature
}

// hash is FNV-1a, mixed.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
