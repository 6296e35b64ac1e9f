package extract

import (
	"slices"
	"strings"

	"gongkai"
)

// typeOf says what a name alone tells of the type of its bearer: that it is a
// school, a hospital or a utility, which is no agency. A bracket behind the name,
// such as 烟草专卖局(公司), does not count.
func typeOf(name string) gongkai.AgencyType {
	if i := strings.IndexByte(name, '('); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	name = simplify(name)
	ends := func(words []string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.HasSuffix(name, word) })
	}
	if w := embeddedNames(); ends(w.Public.Ends) && !ends(w.Public.Except) {
		return gongkai.PublicService
	}
	return ""
}
