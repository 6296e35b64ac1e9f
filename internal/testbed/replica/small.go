package replica

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"gongkai"
	"gongkai/internal/testbed/fixture"
)

// Small makes a world of n small sites of counties and towns that do not exist, for
// runs with many sites: each has its own names, menu, publishing system, and a few
// reports without errors. How they are made is drawn from the seed.
func Small(n int, seed uint64) (*World, error) {
	w := &World{webs: map[string]*web{}, numbers: map[string]int{}}
	w.webs[mirror] = mirrorWeb()
	systems := []system{plain, trs, vsb, hanweb, empire, nfcms, numbered, queried, hanweb2, disguised, ucap}
	offices := []string{"财政局", "教育局", "民政局", "水利局", "审计局", "司法局", "统计局", "林业和草原局"}
	styles := []string{"html-trs", "html-vsb", "html-jcms", "html-trs"}
	for i := range n {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		place := "示例市" + twoHan(i) + "县"
		agencies := []gongkai.Agency{{ID: fmt.Sprintf("s%d-zf", i), Name: place + "人民政府", Level: gongkai.County, Type: gongkai.Government}}
		for _, k := range r.Perm(len(offices))[:r.IntN(3)] {
			agencies = append(agencies, gongkai.Agency{ID: fmt.Sprintf("s%d-%d", i, k), Name: place + offices[k], Level: gongkai.County, Type: gongkai.Department})
		}
		h := newWeb(smallPlace(place, i, systems[r.IntN(len(systems))], menus[r.IntN(len(menus))]))
		h.agencies = agencies
		for k, a := range agencies {
			years := 1 + r.IntN(2)
			for _, report := range fixture.Series(seed+uint64(100*i+k), fixture.Options{Agency: a, Year: lastYear - years + 1, Size: fixture.Small}, years) {
				h.add(entry{title: report.Title(), date: report.Published, report: report, style: styles[r.IntN(len(styles))]})
				w.Reports++
			}
		}
		h.publish(Options{})
		w.host(h)
		w.Agencies = append(w.Agencies, agencies...)
		w.Homes = append(w.Homes, Home{fmt.Sprintf("s%04d", i), h.url("/"), h.declared()})
	}
	return w, nil
}

func smallPlace(name string, i int, s system, m menu) place {
	return place{id: fmt.Sprintf("s%04d", i), name: name + "人民政府", host: fmt.Sprintf("www.s%04d.example", i), system: s, menu: m}
}

// HomesCSV lists the home pages as a file of home pages does.
func (w *World) HomesCSV() string {
	var b strings.Builder
	b.WriteString("网站名称,网址\n")
	for _, h := range w.Homes {
		fmt.Fprintf(&b, "%s,%s\n", w.webs[strings.TrimSuffix(strings.TrimPrefix(h.URL, "http://"), "/")].place.name, h.URL)
	}
	return b.String()
}
