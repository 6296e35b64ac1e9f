package crawler

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// The registry is linted by loading it; this test adds what only holds for the
// registry that comes with the program.
func TestRegistry(t *testing.T) {
	sites, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if len(sites) < 60 {
		t.Errorf("%d sites, at least 60 expected", len(sites))
	}
	address := map[string]string{}
	for _, s := range sites {
		if !s.Unverified {
			t.Errorf("%s: says that a live run has confirmed it", s.ID)
		}
		for _, h := range s.Hosts {
			if h != "gov.cn" && !strings.HasSuffix(h, ".gov.cn") {
				t.Errorf("%s: host %s is no government host", s.ID, h)
			}
		}
		for _, c := range s.Columns {
			if other := address[c.URL]; other != "" {
				t.Errorf("%s: column %s is also in %s", s.ID, c.URL, other)
			}
			address[c.URL] = s.ID
			if _, err := url.Parse(c.URL); err != nil {
				t.Errorf("%s: %v", s.ID, err)
			}
		}
		for _, a := range s.Agencies {
			if a.Level == "province" && a.Region != "" && !strings.HasSuffix(a.Region, "0000") {
				t.Errorf("%s: %s is provincial with region %s", s.ID, a.Name, a.Region)
			}
			if a.Level == "prefecture" && a.Region != "" && !strings.HasSuffix(a.Region, "00") {
				t.Errorf("%s: %s is of a prefecture with region %s", s.ID, a.Name, a.Region)
			}
		}
	}
}

// A parent is an agency of the registry, or the government of the place that
// the child lies in.
func TestRegistryParents(t *testing.T) {
	sites, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string]bool{}
	for _, s := range sites {
		for _, a := range s.Agencies {
			declared[a.ID] = true
		}
	}
	government := regexp.MustCompile(`^(\d\d)(\d\d)(\d\d)-(szf|qzf|xzf|zzf|zf|xs)$`)
	for _, s := range sites {
		for _, a := range s.Agencies {
			if a.Parent == "" || declared[a.Parent] {
				continue
			}
			m := government.FindStringSubmatch(a.Parent)
			if m == nil {
				t.Errorf("%s: %s has parent %s, which is no agency", s.ID, a.ID, a.Parent)
				continue
			}
			place := strings.TrimRight(m[1]+strings.TrimSuffix(m[2]+m[3], "0000"), "0")
			if a.Region != "" && !strings.HasPrefix(a.Region, place) && m[2]+m[3] != "0000" {
				t.Errorf("%s: %s of %s has parent %s", s.ID, a.ID, a.Region, a.Parent)
			}
		}
	}
}

const good = `name = "示例市人民政府"
platform = "trs"
hosts = ["www.example.gov.cn"]
evidence = ["a test"]
unverified = true
[[column]]
id = "nb"
url = "http://www.example.gov.cn/nb/"
[[agency]]
id = "a"
name = "示例市科学技术局"
`

func TestParseFills(t *testing.T) {
	s, err := Parse("x/example.toml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if s.ID != "example" || s.Delay != DefaultDelay || s.Budget != CautiousBudget || s.Columns[0].MaxPages != DefaultMaxPages || s.Columns[0].Depth != DefaultDepth {
		t.Errorf("not filled: %+v", s)
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, add, want string }{
		{"unknown key", "colour = \"red\"\n", "example.toml:12: unknown key \"agency.colour\""},
		{"bad TOML", "name = \n", "example.toml:12:"},
		{"wrong type", "first_year = \"2019\"\n", "example.toml"},
		{"duplicate agency", "[[agency]]\nid = \"a\"\nname = \"示例市教育局\"\n", `agency id "a" is used twice`},
		{"same name", "[[agency]]\nid = \"b\"\nname = \"示例市 科学技术局\"\n", "is also a's"},
		{"host not allowed", "[[column]]\nid = \"x\"\nurl = \"http://elsewhere.cn/\"\n", "example.toml:14: column x: host elsewhere.cn is not in hosts"},
		{"no http", "[[column]]\nid = \"x\"\nurl = \"ftp://www.example.gov.cn/\"\n", "is not an http(s) address"},
		{"duplicate column", "[[column]]\nid = \"nb\"\nurl = \"http://www.example.gov.cn/2/\"\n", `column id "nb" is used twice`},
		{"unknown shape", "[[column]]\nid = \"x\"\nurl = \"http://www.example.gov.cn/2/\"\nshape = \"cube\"\n", `unknown shape "cube"`},
		{"report without year", "[[column]]\nid = \"x\"\nurl = \"http://www.example.gov.cn/2/\"\nshape = \"report\"\n", "needs {year}"},
		{"bad region", "region = \"990000\"\n", "region \"990000\" is no division code"},
		{"bad level", "level = \"galaxy\"\n", `unknown level "galaxy"`},
		{"bad type", "type = \"ministry\"\n", `unknown type "ministry"`},
		{"bad USCC", "uscc = \"113325000026455664\"\n", "fails its check digit"},
		{"agency's column", "column = \"zz\"\n", `no column "zz"`},
		{"pin without why", "[[pin]]\nagency = \"a\"\nyear = 2020\nurl = \"http://www.example.gov.cn/1.html\"\n", "needs agency, year and why"},
		{"lookup", "[[lookup]]\ntitle = \"科技局\"\nagency = \"zz\"\n", "lookup"},
		{"robots", "[robots]\nignore = true\n", "without a reason"},
		{"tls", "[tls]\ninsecure = true\n", "without a reason"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("example.toml", []byte(good+tt.add))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
	for _, tt := range []struct{ old, new, want string }{
		{`"trs"`, `"wordpress"`, `example.toml:2: unknown platform "wordpress"`},
		{`hosts = ["www.example.gov.cn"]`, ``, "hosts is missing"},
		{`evidence = ["a test"]`, ``, "unverified site without evidence"},
		{`unverified = true`, `delay = "10ms"`, "not polite"},
		{`unverified = true`, `empty_ok_until = "soon"`, "is not a date"},
	} {
		_, err := Parse("example.toml", []byte(strings.Replace(good, tt.old, tt.new, 1)))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.new, err, tt.want)
		}
	}
}

func TestLoadFindsAgencyOnTwoSites(t *testing.T) {
	_, err := Load(fstest.MapFS{
		"one.toml": {Data: []byte(good)},
		"two.toml": {Data: []byte(strings.Replace(good, "/nb/", "/nb2/", 1))},
	})
	if err == nil || !strings.Contains(err.Error(), `agency id "a" is also in one.toml`) {
		t.Errorf("error %v", err)
	}
}

func TestNewTemplate(t *testing.T) {
	name, text, err := NewTemplate("http://www.Example.gov.cn/zfxxgk/nb/")
	if err != nil {
		t.Fatal(err)
	}
	if name != "example.toml" {
		t.Errorf("name %q", name)
	}
	if _, err := Parse(name, text); err == nil || strings.Count(err.Error(), "still to be filled in") != 2 {
		t.Errorf("the untouched template: %v", err)
	}
	s, err := Parse(name, []byte(strings.ReplaceAll(string(text), "TODO ", "")))
	if err != nil {
		t.Fatalf("the template, filled in, does not lint: %v", err)
	}
	if s.Columns[0].URL != "http://www.Example.gov.cn/zfxxgk/nb/" || s.Hosts[0] != "www.example.gov.cn" {
		t.Errorf("template %+v", s)
	}
	for _, bad := range []string{"", "nb/", "ftp://x/", "http://x/\"\nhosts = []"} {
		if _, _, err := NewTemplate(bad); err == nil {
			t.Errorf("NewTemplate(%q) succeeded", bad)
		}
	}
}
