package discover

import (
	"regexp"
	"strings"

	"gongkai"
	"gongkai/crawler"
)

// An Identity is whose site it is, as far as its pages say.
type Identity struct {
	Name, NameFrom string // as printed, and where
	Code, CodeFrom string // division code
	National       bool   // the code is that of a ministry
	Doubt          string // why a code was not believed
}

var (
	siteCode   = regexp.MustCompile(`(?i)(?:SiteIDCode["'][^>]*content=["']|site_?code["']?\s*[:=]\s*["']?)(bm)?(\d{6,10})`)
	footer     = regexp.MustCompile(`(?:主办单位|网站主办|主办)\s*[:：]?\s*([\p{Han}]{3,30})`)
	siteWords  = regexp.MustCompile(`(?:中国)?(?:政府)?(?:门户|官方|公众)?(?:信息|政务)?网站?(?:群)?$|首页$|^(?:欢迎(?:访问|光临|您访问|来到)?|中国[·•]?)|欢迎您$|[·•\s]`)
	titleBreak = regexp.MustCompile(`[-_|–—:：,，>]+|\s{1,}`)
	bodyTail   = regexp.MustCompile(`(?:政府|局|委|委员会|办|办公室|办公厅|厅|部|署|院|中心|会|处|社|行|街道|镇|乡|苏木|海关|队|站|馆|所|开发区|园区|新区)$`)
)

// read takes up what a page of the home host says.
func (id *Identity) read(v *view) {
	if id.Name == "" || id.NameFrom != "meta SiteName" {
		if name := strings.TrimSpace(v.doc.Find("meta[name='SiteName' i]").AttrOr("content", "")); name != "" {
			id.Name, id.NameFrom = nameOf(name), "meta SiteName"
		}
	}
	if id.Name == "" {
		for _, part := range titleBreak.Split(v.doc.Find("head title").First().Text(), -1) {
			if name := nameOf(part); bodyTail.MatchString(name) && id.Name == "" {
				id.Name, id.NameFrom = name, "title"
			}
		}
	}
	if m := footer.FindStringSubmatch(v.doc.Find("body").Text()); m != nil && id.Name == "" {
		id.Name, id.NameFrom = nameOf(m[1]), "footer"
	}
	if m := siteCode.FindSubmatch(v.body); m != nil && id.Code == "" && !id.National {
		id.CodeFrom = "SiteIDCode"
		if id.National = len(m[1]) > 0; !id.National {
			id.Code = string(m[2][:6])
		}
	}
}

// nameOf returns the name of a site without the words that sites add.
func nameOf(text string) string {
	text = strings.TrimSpace(text)
	for range 4 {
		text = siteWords.ReplaceAllString(text, "")
	}
	if place := placeOf(text); place != "" && place == text {
		text += "人民政府"
	}
	return text
}

// settle drops a code that contradicts the name, and finds that of a name which
// is a province's or a prefecture's.
func (id *Identity) settle() {
	place := placeOf(id.Name)
	named := regionNamed(place)
	switch {
	case id.Code != "" && !crawler.ValidRegion(id.Code):
		id.Doubt, id.Code = "SiteIDCode "+id.Code+" is no division code", ""
	case id.Code != "" && named != "" && !within(id.Code, named):
		id.Doubt, id.Code = "SiteIDCode says "+id.Code+", the name says "+named, ""
	}
	if id.Code == "" && named != "" && exactly(place, named) {
		id.Code, id.CodeFrom = named, "the name"
	}
}

// within reports whether a code lies in the division of another.
func within(code, region string) bool {
	return strings.HasPrefix(code, strings.TrimRight(region[:2]+strings.TrimSuffix(region[2:4], "00"), ""))
}

func exactly(place, code string) bool {
	return place != "" && (strings.HasSuffix(place, crawler.Prefecture(code)) && crawler.Prefecture(code) != "" || place == crawler.Province(code))
}

// regionNamed returns the code of the province or prefecture that a name begins
// with; the more exact one; "" if none.
func regionNamed(name string) string {
	code := ""
	for _, r := range crawler.Regions(nil) {
		whole := r.Prefecture
		if whole == "" {
			whole = r.Province
		}
		rest := strings.TrimPrefix(name, r.Province)
		if strings.HasPrefix(name, whole) || r.Prefecture != "" && strings.HasPrefix(rest, whole) {
			if code == "" || code[2:4] == "00" {
				code = r.Code
			}
		}
	}
	return code
}

// level returns the level of the bodies that a division code names.
func level(code string) gongkai.Level {
	switch {
	case len(code) < 6:
		return ""
	case code[2:] == "0000":
		return gongkai.Province
	case code[4:6] == "00":
		return gongkai.Prefecture
	case len(code) == 6:
		return gongkai.County
	}
	return gongkai.Township
}

var placePart = regexp.MustCompile(`^(?:[\p{Han}]{2,10}?(?:自治区|省)|[\p{Han}]{2,8}?(?:自治州|地区|盟|州|市)|[\p{Han}]{1,8}?(?:自治县|自治旗|县|旗|区))`)

// noPlace are words that end as places do.
var noPlace = regexp.MustCompile(`(?:城市|社区|景区|灌区|林区|库区|园区|开发区|地区|辖区|城区管理|都市|超市|上市)$`)

// placeOf returns the place that a body's name begins with: 示例市样县 of
// 示例市样县财政局. It is empty if there is none.
func placeOf(name string) string {
	rest, place := name, ""
	for range 3 {
		part := placePart.FindString(rest)
		if part == "" || noPlace.MatchString(part) || strings.HasPrefix(part, "国家") || strings.ContainsAny(part, "局委厅办") {
			break
		}
		place += part
		rest = rest[len(part):]
	}
	return place
}
