package discover

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

var (
	codeForm = regexp.MustCompile(`^(?i:bm)?\d{6,12}$`)
	hostForm = regexp.MustCompile(`^[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?::\d+)?(?:/.*)?$`)
)

// Homes reads a list of sites: a CSV file, in UTF-8 or GB18030, whose rows have
// an address, and a name and a SiteIDCode or division code if they are known, in
// any order. A head and blank rows are passed over; a row without an address is an
// error.
func Homes(r io.Reader) ([]Home, error) {
	data, err := io.ReadAll(io.LimitReader(r, 64<<20))
	if err != nil {
		return nil, err
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
			return nil, err
		}
	}
	c := csv.NewReader(bytes.NewReader(data))
	c.FieldsPerRecord, c.LazyQuotes, c.TrimLeadingSpace = -1, true, true
	var homes []Home
	var errs []error
	for n := 1; ; n++ {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return homes, errors.Join(errs...)
		}
		if err != nil {
			return homes, errors.Join(append(errs, err)...)
		}
		h := homeOf(row)
		switch {
		case h.URL != "":
			homes = append(homes, h)
		case n > 1 && strings.TrimSpace(strings.Join(row, "")) != "" && !strings.HasPrefix(row[0], "#"):
			line, _ := c.FieldPos(0)
			errs = append(errs, fmt.Errorf("line %d: no address in %q", line, strings.Join(row, ",")))
		}
	}
}

func homeOf(row []string) Home {
	var h Home
	for _, field := range row {
		switch f := strings.TrimSpace(field); {
		case strings.HasPrefix(f, "http://") || strings.HasPrefix(f, "https://"):
			h.URL = f
		case codeForm.MatchString(f):
			if h.Code = f; strings.HasPrefix(strings.ToLower(f), "bm") { // a ministry's, no division
				h.Code = ""
			}
		case h.URL == "" && hostForm.MatchString(f):
			h.URL = "http://" + f
		case h.Name == "" && strings.ContainsFunc(f, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
			h.Name = f
		}
	}
	return h
}
