package replica

import (
	"fmt"
	"strings"

	"gongkai/internal/testbed/fixture"
)

// A former is the name that a body had before it was renamed: its site knows
// the new one only, and the old reports keep the old one.
type former struct {
	name string // empty if it was never renamed
	date string // YYYY-MM-DD of the rename
	year int    // fiscal year of the first report under the new name
}

// sign puts the old name on the old reports.
func (f former) sign(series []*fixture.Report) {
	for _, r := range series {
		if f.name != "" && r.Year < f.year {
			r.Agency.Name = f.name
		}
	}
}

// recorded writes down the renames as people do, in agencies.toml.
func (w *World) recorded() []Declaration {
	var b strings.Builder
	for _, p := range places {
		for _, body := range p.bodies {
			if f := body.former; f.name != "" && w.webs[p.host] != nil {
				fmt.Fprintf(&b, "[[event]]\ntype = \"rename\"\ndate = %q\nfirst_year = %d\nfrom = [%q]\nto = [%q]\nsource = \"the replica\"\n",
					f.date, f.year, "name:"+f.name, body.agency)
			}
		}
	}
	if b.Len() == 0 {
		return nil
	}
	return []Declaration{{"agencies.toml", b.String()}}
}
