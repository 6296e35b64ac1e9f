package crawler

import (
	"regexp"
	"strings"
)

const usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var usccForm = regexp.MustCompile(`[0-9A-HJ-NP-RTUWXY]{18}`)

// ValidUSCC reports whether code is a 统一社会信用代码 with a right check digit
// (GB 32100-2015: weights 3^i mod 31).
func ValidUSCC(code string) bool {
	if len(code) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 18 {
		v := strings.IndexByte(usccAlphabet, code[i])
		if v < 0 {
			return false
		}
		if i == 17 {
			return (31-sum%31)%31 == v
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return false
}

// FindUSCC returns the first valid code of an agency or institution (prefix 11
// or 12) in an address or an index number, or "".
func FindUSCC(s string) string {
	for _, code := range usccForm.FindAllString(strings.ToUpper(s), -1) {
		if (code[:2] == "11" || code[:2] == "12") && ValidUSCC(code) {
			return code
		}
	}
	return ""
}
