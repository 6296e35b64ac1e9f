package crawler

import (
	"fmt"
	"strings"
)

// NewTemplate returns a site file for the list page at address, to be filled
// in, and its file name. It fails if address is no http(s) address.
func NewTemplate(address string) (name string, text []byte, err error) {
	host, err := hostOf(address)
	if err != nil {
		return "", nil, fmt.Errorf("new site: %w", err)
	}
	if strings.ContainsAny(address, "\"\\\n\r") {
		return "", nil, fmt.Errorf("new site: %q has characters that must be percent-encoded", address)
	}
	id := strings.TrimSuffix(strings.TrimPrefix(host, "www."), ".gov.cn")
	id = strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, id), "-")
	return id + ".toml", fmt.Appendf(nil, template, address, host, strings.Join(platforms, ", ")), nil
}

const template = `# The list page %[1]s
name       = "TODO 示例市人民政府"
platform   = "generic" # %[3]s
hosts      = ["%[2]s"] # nothing else is ever fetched
unverified = true      # remove after the first good run
evidence   = ["TODO where the address is documented"]
# delay          = "2s"         # between two requests to a host
# budget         = 3000         # requests a run; 300 while it is unverified
# allow_private  = true         # an intranet: hosts in private networks; never by redirect
# empty_ok_until = "2027-01-20" # until then an empty list is no problem

# [tls]
# legacy   = true   # TLS 1.0/1.1 and old cipher suites
# insecure = true   # certificate not verified
# reason   = "what was seen, and when"

# [robots]
# ignore = true
# reason = "who allowed it, and when"

# [assertions]      # 10-20 %% under a good run
# min_items   = 30
# min_reports = 30 # without it: 70 %% of those that it gave

[[column]]
id  = "nb"
url = "%[1]s"
# shape     = "list" # list, tree, roster, report
# year      = 2023   # fiscal year of all entries
# agency    = ""     # id of the only agency that publishes here
# platform  = ""     # if it differs from the site's
# max_pages = 40
# depth     = 4
# params    = { }

# [[agency]]
# id         = "000000-kjj"
# name       = "示例市科学技术局"
# aliases    = ["市科技局"]
# level      = "prefecture" # national, province, prefecture, county, township
# type       = "department" # government, government_office, department, dispatched, subdistrict_office, vertical, empowered, public_service
# region     = "640300"     # GB/T 2260
# uscc       = ""
# parent     = ""
# column     = "nb"
# first_year = 2019

# [[lookup]]
# title  = "科技局"
# agency = "000000-kjj"
# why    = "the list leaves out 市"

# [[pin]]
# agency = "000000-kjj"
# year   = 2021
# url    = "%[1]s"
# why    = "column lost in redesign"
`
