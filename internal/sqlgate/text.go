package sqlgate

import (
	"strings"

	"gongkai/warehouse"
)

// AsText returns the SQL that turns a column of a DuckDB type into text:
// decimals without trailing zeros, lists and structures as JSON.
func AsText(name, duck string) string {
	q := warehouse.QuoteName(name)
	expression := "CAST(" + q + " AS VARCHAR)"
	switch {
	case strings.HasSuffix(duck, "]"), strings.HasPrefix(duck, "STRUCT"), strings.HasPrefix(duck, "MAP"), strings.HasPrefix(duck, "UNION"):
		expression = "CAST(to_json(" + q + ") AS VARCHAR)"
	case strings.HasPrefix(duck, "DECIMAL") && !strings.HasSuffix(duck, ",0)"):
		expression = "rtrim(rtrim(" + expression + ", '0'), '.')"
	}
	return expression + " AS " + q
}
