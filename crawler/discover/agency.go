package discover

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"

	"gongkai"
	"gongkai/crawler"
)

// A found agency and how often the titles name it.
type found struct {
	crawler.Agency
	titles int
}

var (
	oddName  = regexp.MustCompile(`[，。、《》0-9a-zA-Z：:]|关于|通知|年报|报告|信息公开|网站`)
	noAgency = regexp.MustCompile(`(?:学校|学院|大学|中学|小学|幼儿园|医院|公司|集团|银行)$`)
	ownWords = regexp.MustCompile(`^(?:本|我)(?:局|委|办|厅|市|县|区|单位|机关|部门)$`)
	vertical = regexp.MustCompile(`税务局|气象局|海关|烟草专卖局|调查队|邮政管理局|消防救援|海事|通信管理局|银保监|金融监管|证监`)
	tail     = map[string]gongkai.AgencyType{"街道办事处": gongkai.SubdistrictOffice, "街道": gongkai.SubdistrictOffice}
	levelOf  = regexp.MustCompile(`^[全本]?[省市县区州旗盟](.{2,})$`)
)

// agencies finds the bodies that publish in the columns.
func (p *Proposal) findAgencies() {
	own := canonical(p.Identity.Name, "")
	place := placeOf(own)
	byName := map[string]int{}
	for _, c := range p.Columns {
		names := map[string]bool{}
		unnamed := 0
		for _, l := range c.Links {
			if !c.report(l) {
				continue
			}
			printed := crawler.ParseTitle(l.Title).Agency
			if printed == "" {
				printed = l.Unit
			}
			if printed == "" || ownWords.MatchString(printed) {
				printed = ""
				unnamed++
			}
			if printed != "" && !plausible(printed) {
				p.NotTaken = append(p.NotTaken, printed)
				continue
			}
			name := canonical(printed, place)
			if printed == "" {
				name = own
			}
			names[name] = true
			p.take(byName, name, printed)
		}
		if unnamed > 0 && len(names) == 1 && plausible(own) {
			c.Agency = own // the id is set when ids are known
		}
	}
	slices.Sort(p.NotTaken)
	p.NotTaken = slices.Compact(p.NotTaken)
	p.aliases()
}

func (p *Proposal) take(byName map[string]int, name, printed string) {
	if !plausible(name) {
		return
	}
	key := crawler.NormalName(name)
	i, known := byName[key]
	if !known {
		i = len(p.agencies)
		byName[key] = i
		p.agencies = append(p.agencies, found{Agency: p.describe(name)})
	}
	a := &p.agencies[i]
	a.titles++
	if printed != "" && crawler.NormalName(printed) != key && !slices.Contains(a.Aliases, printed) {
		a.Aliases = append(a.Aliases, printed)
	}
}

// aliases drops those that two agencies share.
func (p *Proposal) aliases() {
	owner := map[string]int{}
	for i := range p.agencies {
		owner[crawler.NormalName(p.agencies[i].Name)] = i
	}
	for i := range p.agencies {
		a := &p.agencies[i]
		a.Aliases = slices.DeleteFunc(a.Aliases, func(alias string) bool {
			key := crawler.NormalName(alias)
			if at, taken := owner[key]; taken && at != i {
				return true
			}
			owner[key] = i
			return false
		})
	}
}

// plausible reports whether a name can be that of an agency.
func plausible(name string) bool {
	n := len([]rune(name))
	return n >= 2 && n <= 40 && !oddName.MatchString(name) && !noAgency.MatchString(name) &&
		(bodyTail.MatchString(name) || placeOf(name) == name)
}

// canonical returns the full name of a body that a title of a site of that place
// prints.
func canonical(printed, place string) string {
	n := strings.TrimSpace(printed)
	full := n
	own := placeOf(n)
	last := place
	if inner := lastPlace(place); inner != "" {
		last = inner
	}
	switch {
	case n == "" || place == "" || strings.HasPrefix(n, place) || strings.HasPrefix(n, "国家"):
	case strings.HasPrefix(n, last):
		full = place + strings.TrimPrefix(n, last)
	case own != "":
		if strings.HasSuffix(place, "市") && !strings.HasSuffix(own, "市") && !strings.HasSuffix(own, "省") {
			full = place + n
		}
	case levelOf.MatchString(n):
		full = place + levelOf.FindStringSubmatch(n)[1]
	default:
		full = place + n
	}
	switch {
	case full == "":
	case placeOf(full) == full:
		full += "人民政府"
	case strings.HasSuffix(full, "政府") && !strings.HasSuffix(full, "人民政府"):
		full = strings.TrimSuffix(full, "政府") + "人民政府"
	case strings.HasSuffix(full, "镇") || strings.HasSuffix(full, "乡"):
		full += "人民政府"
	case strings.HasSuffix(full, "街道"):
		full += "办事处"
	}
	return full
}

// lastPlace returns the innermost part of a place: 样县 of 示例市样县.
func lastPlace(place string) string {
	rest := place
	for {
		part := placePart.FindString(rest)
		if part == "" || part == rest {
			return rest
		}
		rest = rest[len(part):]
	}
}

// describe tells from its name what kind of body it is, and where.
func (p *Proposal) describe(name string) crawler.Agency {
	a := crawler.Agency{Name: name, Type: typeOf(name)}
	own, at := placeOf(name), placeOf(canonical(p.Identity.Name, ""))
	switch region := regionNamed(own); {
	case own == at && p.Identity.Code != "":
		a.Region = p.Identity.Code
	case region != "" && exactly(own, region):
		a.Region = region
	}
	a.Level = level(a.Region)
	switch {
	case a.Type == gongkai.SubdistrictOffice || townForm.MatchString(strings.TrimPrefix(name, own)):
		a.Level, a.Region = gongkai.Township, "" // its own code is not known
	case p.Identity.National && own == "":
		a.Level = gongkai.National
	case a.Level == "" && (strings.HasSuffix(own, "县") || strings.HasSuffix(own, "区") || strings.HasSuffix(own, "旗")) && !strings.HasSuffix(own, "自治区"):
		a.Level = gongkai.County
	case a.Level == "" && strings.HasSuffix(own, "省"):
		a.Level = gongkai.Province
	}
	return a
}

var townForm = regexp.MustCompile(`^[\p{Han}]{1,10}(?:镇|乡|苏木)人民政府$`)

func typeOf(name string) gongkai.AgencyType {
	for end, t := range tail {
		if strings.HasSuffix(name, end) {
			return t
		}
	}
	switch {
	case strings.HasSuffix(name, "人民政府"):
		return gongkai.Government
	case strings.HasSuffix(name, "政府办公室"), strings.HasSuffix(name, "政府办公厅"):
		return gongkai.GovernmentOffice
	case strings.HasSuffix(name, "管理委员会"), strings.HasSuffix(name, "管委会"):
		return gongkai.Dispatched
	case vertical.MatchString(name):
		return gongkai.Vertical
	case deptForm.MatchString(name):
		return gongkai.Department
	}
	return ""
}

var deptForm = regexp.MustCompile(`(?:局|委|委员会|厅|部|署|办公室|办)$`)

// number gives the agencies ids: the division, or the site, and the initials of
// what the name says behind its place. taken has the ids of other sites.
func (p *Proposal) number(taken map[string]bool) {
	place := placeOf(canonical(p.Identity.Name, ""))
	ids := map[string]string{}
	for i := range p.agencies {
		a := &p.agencies[i]
		rest := strings.TrimPrefix(a.Name, place)
		front := p.Site.ID
		if p.Identity.Code != "" {
			front = p.Identity.Code
		}
		base := front + "-" + short(rest)
		a.ID = base
		for n := 2; taken[a.ID]; n++ {
			a.ID = fmt.Sprintf("%s-%d", base, n)
		}
		taken[a.ID] = true
		ids[a.Name] = a.ID
	}
	for _, c := range p.Columns {
		c.Agency = ids[c.Agency]
	}
}

// short returns the initials of a name as ids have them.
func short(name string) string {
	switch name {
	case "人民政府", "":
		return "zf"
	case "人民政府办公室", "政府办公室":
		return "bgs"
	case "人民政府办公厅", "政府办公厅":
		return "bgt"
	}
	if front, ok := strings.CutSuffix(name, "人民政府"); ok {
		return initials(front) + "-zf"
	}
	return initials(strings.NewReplacer("和", "", "委员会", "委").Replace(name))
}

func initials(name string) string {
	style := pinyin.NewArgs()
	style.Style = pinyin.FirstLetter
	var b strings.Builder
	for _, letters := range pinyin.Pinyin(name, style) {
		if len(letters) > 0 && letters[0] >= "a" && letters[0] <= "z~" {
			b.WriteString(letters[0])
		}
	}
	if b.Len() == 0 {
		return "x"
	}
	return b.String()
}
