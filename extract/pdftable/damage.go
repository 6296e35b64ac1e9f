package pdftable

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"

	"github.com/klippa-app/go-pdfium/requests"
	"gongkai"
)

var encryptEntry = regexp.MustCompile(`/Encrypt[\s<]`)

// damage returns what is wrong with the streams of the open document, or nil.
// Those of an encrypted one are checked in a copy that PDFium decrypts.
func (l *loader) damage(body []byte) error {
	if !encryptEntry.Match(body) {
		return inspect(body)
	}
	plain := &boundedBuffer{most: 2*len(body) + 1<<20}
	if _, err := l.in.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{
		Document: l.doc, Flags: requests.SaveFlagRemoveSecurity, FileWriter: plain,
	}); err != nil {
		return fmt.Errorf("it cannot be decrypted for the check: %w", err)
	}
	return inspect(plain.Bytes())
}

// A boundedBuffer refuses to hold more than most bytes.
type boundedBuffer struct {
	bytes.Buffer
	most int
}

func (b *boundedBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > b.most {
		return 0, errors.New("the copy is too large")
	}
	return b.Buffer.Write(p)
}

// doubtAll sets doubt on every cell: a damaged file shows figures that it
// never had, or lacks some.
func doubtAll(layouts []*layout) {
	for _, l := range layouts {
		for _, t := range l.tables {
			for _, c := range t.cells() {
				c.doubt = true
			}
		}
	}
}

// damageIssue tells readers why all cells are in doubt.
func damageIssue(damage error) gongkai.Issue {
	return gongkai.Issue{Code: gongkai.IssueUnreadable, Detail: fmt.Sprintf("the file is damaged: %v; no figure in it is certain: fetch it again", damage)}
}
