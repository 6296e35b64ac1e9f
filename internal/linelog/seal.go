package linelog

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
)

var table = crc32.MakeTable(crc32.Castagnoli)

// The end of a sealed line: eight digits stand between the two.
const (
	sealOpen  = `,"crc":"`
	sealClose = `"}`
	sealSize  = len(sealOpen) + 8 + len(sealClose)
)

// errSum says that a line is not as it was written.
var errSum = errors.New("its checksum is wrong")

// Seal makes a line of a JSON object that has at least one field: it adds a
// field with the CRC-32C of all before it, and a line end.
func Seal(object []byte) []byte {
	body := object[:len(object)-1]
	b := append(make([]byte, 0, len(body)+sealSize+1), body...)
	return fmt.Appendf(b, "%s%08x%s\n", sealOpen, crc32.Checksum(body, table), sealClose)
}

// Check reports whether a line, with or without its line end, is sealed, and
// returns an error if it is not as it was written. Of a line that is not sealed
// nothing can be said.
func Check(line []byte) (sealed bool, err error) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	if len(line) < sealSize {
		return false, nil
	}
	body, seal := line[:len(line)-sealSize], line[len(line)-sealSize:]
	want := fmt.Appendf(nil, "%s%08x%s", sealOpen, crc32.Checksum(body, table), sealClose)
	if bytes.Equal(seal, want) {
		return true, nil
	}
	if like(seal) {
		return true, errSum
	}
	return false, nil
}

// like reports whether the end of a line was a seal, though up to two bytes of
// its fixed part are others now.
func like(seal []byte) bool {
	other := 0
	for i, c := range []byte(sealOpen) {
		if seal[i] != c {
			other++
		}
	}
	for i, c := range []byte(sealClose) {
		if seal[len(sealOpen)+8+i] != c {
			other++
		}
	}
	return other <= 2
}
