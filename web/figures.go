package web

import (
	"strconv"
	"strings"
)

// figure writes an exact decimal for people: commas from 1,000 on, a true minus.
func figure(s string) string {
	whole, fraction, broken := strings.Cut(s, ".")
	sign := ""
	if rest, ok := strings.CutPrefix(whole, "-"); ok {
		sign, whole = "−", rest
	}
	for _, r := range whole {
		if r < '0' || r > '9' {
			return s // is no plain figure: as it stands
		}
	}
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if broken {
		whole += "." + fraction
	}
	return sign + whole
}

func comma(n any) string {
	switch n := n.(type) {
	case int:
		return figure(strconv.Itoa(n))
	case int64:
		return figure(strconv.FormatInt(n, 10))
	}
	return ""
}
