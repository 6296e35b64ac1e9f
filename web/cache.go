package web

import "sync"

// A cache keeps what is costly to work out, for as long as its snapshot stands.
// Of several who ask for the same at once, one works.
type cache struct {
	mu   sync.Mutex
	kept map[string]*kept
}

// mostKept bounds the entries of a cache: keys come from what the data holds,
// and pages of agencies may be many.
const mostKept = 512

type kept struct {
	mu    sync.Mutex
	done  bool
	value any
}

// cached returns what make gives for key. Failures are not kept.
func cached[T any](c *cache, key string, make func() (T, error)) (T, error) {
	k := c.entry(key)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.done {
		return k.value.(T), nil
	}
	v, err := make()
	if err == nil {
		k.value, k.done = v, true
	}
	return v, err
}

func (c *cache) entry(key string) *kept {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= mostKept && c.kept[key] == nil {
		c.kept = map[string]*kept{}
	}
	if c.kept[key] == nil {
		c.kept[key] = &kept{}
	}
	return c.kept[key]
}
