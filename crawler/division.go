package crawler

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"

	"gongkai"
)

//go:embed regions.txt
var regionsText string

// prefectures are the first four digits of GB/T 2260 codes.
var prefectures = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.SplitSeq(regionsText, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		for _, f := range fields[1:] {
			all[fields[0]+f[:2]] = f[2:]
		}
	}
	return all
})

// Prefecture returns the name of the prefecture-level division that code lies
// in, or "": municipalities and counties under a province have none.
func Prefecture(code string) string {
	if len(code) < 4 {
		return ""
	}
	return prefectures()[code[:4]]
}

// Regions lists all provinces and prefecture-level divisions, and those below
// that agencies of sites are in. The name of one below is that of its government.
func Regions(sites []*Site) []gongkai.Region {
	all := map[string]gongkai.Region{}
	add := func(code, name string) {
		r := gongkai.Region{Code: code, Name: name, Province: Province(code), Prefecture: Prefecture(code)}
		if r.Province != "" && (all[code].Name == "" || all[code].Code == "") {
			all[code] = r
		}
	}
	for p, name := range provinces {
		add(p+"0000", name)
	}
	for p, name := range prefectures() {
		add(p+"00", name)
	}
	for _, s := range sites {
		for i := range s.Agencies {
			a := &s.Agencies[i]
			name := ""
			if place, ok := strings.CutSuffix(a.Name, "人民政府"); ok && a.Type == gongkai.Government {
				name = place
			}
			if a.Region != "" {
				add(a.Region, name)
			}
		}
	}
	var list []gongkai.Region
	for _, code := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[code])
	}
	return list
}
