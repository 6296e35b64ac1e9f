package gongkai

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// A Decimal is an exact figure in millionths. It maps to DECIMAL(18,6) in the
// warehouse. Counts and money share it: no figure is ever a float.
type Decimal int64

// One is the Decimal 1.
const One Decimal = 1_000_000

// maxWhole keeps every Decimal within the 18 digits of DECIMAL(18,6).
const maxWhole = 999_999_999_999

// ErrDecimal is returned by ParseDecimal for text that is not a plain decimal
// number or does not fit: more than 12 digits before or 6 after the point.
var ErrDecimal = errors.New("not a decimal number of at most 12+6 digits")

// Int returns n as a Decimal. It is for small constants; n must fit 12 digits.
func Int(n int64) Decimal { return Decimal(n) * One }

// ParseDecimal reads an optional sign, ASCII digits and at most one point.
// It rounds nothing: what it cannot hold exactly is ErrDecimal.
func ParseDecimal(s string) (Decimal, error) {
	rest, negative := strings.CutPrefix(s, "-")
	if !negative {
		rest = strings.TrimPrefix(rest, "+")
	}
	whole, fraction, point := strings.Cut(rest, ".")
	if whole == "" || (point && fraction == "") || !digits(whole) || !digits(fraction) {
		return 0, ErrDecimal
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > 6 {
		return 0, ErrDecimal
	}
	w, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || w > maxWhole {
		return 0, ErrDecimal
	}
	f, _ := strconv.ParseInt((fraction + "000000")[:6], 10, 64)
	d := Decimal(w)*One + Decimal(f)
	if negative {
		d = -d
	}
	return d, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Whole returns the figure as an integer, and whether it is one.
func (d Decimal) Whole() (int64, bool) { return int64(d / One), d%One == 0 }

// Mul returns d × n and whether it fits.
func (d Decimal) Mul(n int64) (Decimal, bool) {
	if d != 0 && (n > math.MaxInt64/max(int64(d), -int64(d)) || n < 0) {
		return 0, false
	}
	p := d * Decimal(n)
	return p, p/One <= maxWhole && p/One >= -maxWhole
}

// String returns the shortest plain decimal notation: "4068.208", "-8", "0".
func (d Decimal) String() string {
	sign := ""
	u := uint64(d)
	if d < 0 {
		sign, u = "-", -u
	}
	whole, fraction := u/uint64(One), u%uint64(One)
	s := sign + strconv.FormatUint(whole, 10)
	if fraction == 0 {
		return s
	}
	f := strconv.FormatUint(fraction+uint64(One), 10)[1:]
	return s + "." + strings.TrimRight(f, "0")
}
