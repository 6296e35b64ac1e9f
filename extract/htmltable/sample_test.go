package htmltable

import (
	"testing"

	"golang.org/x/text/encoding"
)

const sentence = "本年度共收到政府信息公开申请12件，均已按期答复，没有行政复议和行政诉讼。"

func encoded(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
