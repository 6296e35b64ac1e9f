package replica

import (
	"fmt"
	"slices"
	"strings"
)

// declared returns the addresses of the entries that the list leads to.
func (h *web) declared() []string {
	var all []string
	for _, e := range h.entries {
		all = append(all, h.url(e.address))
	}
	slices.Sort(all)
	return all
}

// declaration writes the site file as people do. The bodies have no region: the
// codes of a place that does not exist are none.
func (h *web) declaration() string {
	var b strings.Builder
	p := h.place
	fmt.Fprintf(&b, "name = %q\nplatform = %q\nhosts = [%q]\ndelay = \"200ms\"\nevidence = [\"the replica\"]\n", p.name, p.system.platform, p.host)
	fmt.Fprintf(&b, "\n[assertions]\nmin_items = %d\n", (len(h.entries)*7+9)/10)
	fmt.Fprintf(&b, "\n[[column]]\nid = \"nb\"\nurl = %q\n", h.url(p.system.column))
	if p.system.platform == roster.platform { // a roster is about one year
		fmt.Fprintf(&b, "year = %d\n", lastYear)
	}
	for i, a := range h.agencies {
		from := lastYear // of a body whose only report cannot be had
		if i < len(p.bodies) {
			from = max(p.bodies[i].from, p.bodies[i].former.year) // before, no agency of this name
		}
		fmt.Fprintf(&b, "\n[[agency]]\nid = %q\nname = %q\nlevel = %q\ntype = %q\ncolumn = \"nb\"\n", a.ID, a.Name, a.Level, a.Type)
		if a.Parent != "" {
			fmt.Fprintf(&b, "parent = %q\n", a.Parent)
		}
		if a.ID != wuzhong { // whose other years are not here
			fmt.Fprintf(&b, "first_year = %d\n", from)
		}
	}
	if p.id == walledSite {
		fmt.Fprintf(&b, "\n[[pin]]\nagency = %q\nyear = %d\nurl = %q\nwhy = \"known from another page\"\n", p.bodies[0].agency, lastYear, h.url(captchaPage))
	}
	return b.String()
}
