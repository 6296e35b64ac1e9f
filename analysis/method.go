package analysis

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"

	"gongkai/queries"

	"github.com/BurntSushi/toml"
)

// A Method is the constants of the index, as method.toml explains them.
type Method struct {
	Weights map[string]float64 `toml:"weights"`
	Rank    struct {
		Coverage float64  `toml:"coverage"`
		Needed   []string `toml:"needed"`
		Fewest   int      `toml:"fewest"`
		Tie      float64  `toml:"tie"`
	} `toml:"rank"`
	Strata struct {
		From  []int64 `toml:"from"`
		Least int     `toml:"least"`
	} `toml:"strata"`
	Bands map[string]float64 `toml:"bands"`
	Draws struct {
		Least         int     `toml:"least"`
		Concentration float64 `toml:"concentration"`
		Peers         float64 `toml:"peers"`
		Low           float64 `toml:"low"`
		High          float64 `toml:"high"`
		Above         float64 `toml:"above"`
	} `toml:"draws"`

	hash string
}

//go:embed method.toml
var methodTOML string

// theMethod reads method.toml, which is a part of the program.
var theMethod = sync.OnceValue(func() *Method {
	m, err := readMethod(methodTOML)
	if err != nil {
		panic(fmt.Sprintf("analysis: method.toml: %v", err)) // a test reads it
	}
	return m
})

// TheMethod returns the constants of the index.
func TheMethod() *Method { return theMethod() }

// Hash returns the SHA-256 of method.toml, in hex.
func (m *Method) Hash() string { return m.hash }

// readMethod reads constants strictly.
func readMethod(text string) (*Method, error) {
	m := &Method{}
	meta, err := toml.Decode(text, m)
	if err != nil {
		return nil, err
	}
	if keys := meta.Undecoded(); len(keys) > 0 {
		return nil, fmt.Errorf("unknown key %s", keys[0])
	}
	share := func(v float64) bool { return v > 0 && v <= 1 }
	switch {
	case !share(m.Rank.Coverage), !share(m.Draws.Peers), !share(m.Draws.Low), !share(m.Draws.High), !share(m.Draws.Above), m.Draws.Low >= m.Draws.High:
		return nil, fmt.Errorf("a share is not between 0 and 1")
	case len(m.Strata.From) == 0, m.Strata.From[0] != 0, !slices.IsSorted(m.Strata.From):
		return nil, fmt.Errorf("strata begin with 0 and rise")
	case m.Rank.Fewest < 1, m.Strata.Least < m.Rank.Fewest, m.Draws.Least < 1000, m.Draws.Concentration <= 0, m.Rank.Tie <= 0:
		return nil, fmt.Errorf("a number is too small")
	case len(m.Bands) != 5:
		return nil, fmt.Errorf("%d bands, want A to E", len(m.Bands))
	}
	sum := sha256.Sum256([]byte(text))
	m.hash = hex.EncodeToString(sum[:])
	return m, nil
}

// fits wants the weights to be those of the dimensions.
func (m *Method) fits(list []queries.Query) error {
	for _, q := range list {
		if m.Weights[q.Name] != q.Weight {
			return fmt.Errorf("%w: method.toml weighs %s with %g, its header with %g", ErrRank, q.Name, m.Weights[q.Name], q.Weight)
		}
	}
	if len(m.Weights) != len(list) {
		return fmt.Errorf("%w: method.toml weighs %d dimensions, there are %d", ErrRank, len(m.Weights), len(list))
	}
	return nil
}
