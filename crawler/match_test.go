package crawler

import (
	"testing"

	"gongkai"
)

func TestUSCC(t *testing.T) {
	for _, code := range []string{"113325000026455663", "113708260043292687", "11341702486344515H"} {
		if !ValidUSCC(code) {
			t.Errorf("%s is valid", code)
		}
	}
	for _, code := range []string{"", "113325000026455664", "11332500002645566", "11332500002645566I", "1133250000264556630"} {
		if ValidUSCC(code) {
			t.Errorf("%s is not valid", code)
		}
	}
	if got := FindUSCC("http://x/xxgkAnnualReport.jsp?area=113325000026455663&fbtime=2017"); got != "113325000026455663" {
		t.Errorf("found %q", got)
	}
	if got := FindUSCC("area=001008003001065"); got != "" {
		t.Errorf("found %q", got)
	}
}

func TestMatch(t *testing.T) {
	s := &Site{
		Agencies: []Agency{
			{ID: "kjj", Name: "示例市科学技术局", Aliases: []string{"市科技局"}},
			{ID: "ls", Name: "丽水市人民政府", USCC: "113325000026455663", Type: gongkai.Government},
			{ID: "szf", Name: "示例市人民政府", Type: gongkai.Government},
			{ID: "zfb", Name: "示例市人民政府办公室"},
			{ID: "a", Name: "甲区民政局", Aliases: []string{"区民政局（甲）"}},
			{ID: "b", Name: "甲区 政府"},
			{ID: "c", Name: "甲区人民政府"},
		},
		Lookups: []Lookup{{Title: "科技局", Agency: "kjj"}, {Title: "档案局"}},
	}
	only := &s.Agencies[0]
	tests := []struct {
		name, title, address string
		only                 *Agency
		want, by             string
	}{
		{"示例市科学技术局", "", "", nil, "kjj", "name"},
		{"示例市 科学技术局", "", "", nil, "kjj", "name"},
		{"市科技局", "", "", nil, "kjj", "name"},
		{"科技局", "", "", nil, "kjj", "lookup"},
		{"档案局", "", "", nil, "", "lookup"},
		{"示例市", "", "", nil, "szf", "name"},
		{"示例市政府", "", "", nil, "szf", "name"},
		{"示例市政府办公室", "", "", nil, "zfb", "name"},
		{"示例市政府办", "", "", nil, "zfb", "name"},
		{"另一个名字", "", "http://x/?area=113325000026455663", nil, "ls", "uscc"},
		{"甲区人民政府", "", "", nil, "c", "name"},
		{"甲区政府", "", "", nil, "b", "name"},
		{"示例市教育局", "", "", nil, "", ""},
		{"", "", "", only, "kjj", "column"},
		{"我局", "", "", only, "kjj", "column"},
		{"科学技术局", "", "", only, "kjj", "column"},
		{"示例市教育局", "", "", only, "", ""}, // another agency's report in this list
		{"", "", "", nil, "", ""},
	}
	m := newMatcher(s)
	for _, tt := range tests {
		got := m.match(tt.name, tt.title, tt.address, tt.only)
		id := ""
		if got.Agency != nil {
			id = got.Agency.ID
		}
		if id != tt.want || got.By != tt.by || got.Ignored != (tt.by == "lookup" && id == "") {
			t.Errorf("match(%q, %q) = %q by %q (ignored %v), want %q by %q", tt.name, tt.address, id, got.By, got.Ignored, tt.want, tt.by)
		}
	}
}

// Two agencies that share a short name match by their full names only.
func TestMatchAmbiguous(t *testing.T) {
	m := newMatcher(&Site{Agencies: []Agency{
		{ID: "a", Name: "甲县人民政府", Type: gongkai.Government},
		{ID: "b", Name: "乙县人民政府", Aliases: []string{"甲县政府"}, Type: gongkai.Government},
	}})
	if got := m.match("甲县政府", "", "", nil); got.Agency != nil {
		t.Errorf("matched %s", got.Agency.ID)
	}
	if got := m.match("甲县人民政府", "", "", nil); got.Agency == nil || got.Agency.ID != "a" {
		t.Errorf("the full name matched %v", got.Agency)
	}
}

func TestResolve(t *testing.T) {
	const base = "http://www.example.gov.cn/a/b.html?x=1"
	for ref, want := range map[string]string{
		"./c.html":                         "http://www.example.gov.cn/a/c.html",
		"//WWW.Example.gov.cn:80/c#d":      "http://www.example.gov.cn/c",
		"/c;jsessionid=AB12?y=1":           "http://www.example.gov.cn/c?y=1",
		"?y=1&JSESSIONID=AB&z=2":           "http://www.example.gov.cn/a/b.html?y=1&z=2",
		"增长10%.pdf":                        "http://www.example.gov.cn/a/%E5%A2%9E%E9%95%BF10%25.pdf",
		" a b.pdf\n":                       "http://www.example.gov.cn/a/a%20b.pdf",
		"https://www.example.gov.cn:8443/": "https://www.example.gov.cn:8443/",
		"mailto:a@b":                       "",
		"javascript:void(0)":               "",
		"http://user@host/":                "",
		"":                                 "",
	} {
		if got := Resolve(base, ref); got != want {
			t.Errorf("Resolve(%q) = %q, want %q", ref, got, want)
		}
	}
}

func FuzzResolve(f *testing.F) {
	f.Add("http://a.gov.cn/x", "./y?z=%zz#f")
	f.Fuzz(func(t *testing.T, base, ref string) {
		once := Resolve(base, ref)
		if once == "" {
			return
		}
		if again := Resolve(once, once); again != once {
			t.Errorf("Resolve(%q, %q) = %q, and again %q", base, ref, once, again)
		}
	})
}
